// The objective of a law that is a sum of terms: its derivatives are moments of the terms' shares,
// so that nothing transcendental is computed beyond the value's own.

#pragma once

#include <array>

#include "fits/evaluation.h"

namespace isoloss::detail {

template <class L>
inline constexpr int num_terms = static_cast<int>(L::terms.size());

// Calls f with the constants 0 .. num_terms - 1: a term is a constant of the law's table.
template <class L, class F>
[[gnu::always_inline]] ISOLOSS_HD inline void each_term(F&& f) {
  unrolled<num_terms<L>>(f);
}

// Groups of runs between the two passes below: on a CPU their buffer stays in the first-level
// cache; a T that has a thread for each lane keeps one group in registers instead.
template <class T>
inline constexpr int kGroupsAtOnce = 32;

// What the first pass leaves of one group of runs.
template <class T, int num_terms>
struct TermShares {
  T share[num_terms];  // z = term / L_hat
  T slope;             // weight psi
  T excess;            // weight (psi' - psi)
};

// First pass: everything with an exponential, a log or a division. `point` is theta with the log
// weights of constant terms already raised to their weights.
template <class L, class T, class Runs>
[[gnu::always_inline]] ISOLOSS_HD inline void find_shares(const Runs& runs, int i, const T& delta,
                                                          const T* point, T& value,
                                                          TermShares<T, num_terms<L>>& out) {
  const Run<L, T> run = run_at<L, T>(runs, i);
  T total = T(0.0);
  each_term<L>([&](auto k) __attribute__((always_inline)) {
    constexpr Term t = L::terms[k];
    if constexpr (t.constant()) {
      out.share[k] = point[t.weight];
    } else {
      out.share[k] = exp(point[t.weight] - point[t.exponent] * run[t.input]);
    }
    total = total + out.share[k];
  });
  const T inverse = T(1.0) / total;
  unrolled<num_terms<L>>([&](auto k) { out.share[k] = out.share[k] * inverse; });
  const RunFactors<T> factors = run_factors(log(total), runs, i, delta);
  value = value + factors.value;
  out.slope = factors.slope;
  out.excess = factors.curvature - factors.slope;
}

// Sums of the second pass. log term_k = theta[weight] - theta[exponent] x, so the gradient of
// log L_hat is (z_k, -x z_k) and its Hessian, from that of log-sum-exp, diag(z) - z z^T pulled back
// by (1, -x). With s = weight psi and v = (z_k, x z_k) the sums are
//   power[j][k]  sum of s z_k x^j, j = 0, 1, 2      outer  sum of excess v v^T
// and the gradient and the block-diagonal part of the Hessian are both read off `power`.
template <class L, class T, bool kWithScale>
struct TermSums {
  static constexpr int P = L::num_params;

  T value = T(0.0);
  T power[3][num_terms<L>];
  T outer[num_packed(P)];
  T size[2][kWithScale ? num_terms<L> : 1];   // sum of |s z_k x^j|
  T reach[2][kWithScale ? num_terms<L> : 1];  // sum of |weight z_k x^j|

  ISOLOSS_HD TermSums() {
    for (T& x : outer) x = T(0.0);
    for (auto& row : power) fill_zero(row);
    for (auto& row : size) fill_zero(row);
    for (auto& row : reach) fill_zero(row);
  }

  template <class Runs>
  [[gnu::always_inline]] ISOLOSS_HD void add(const Runs& runs, int i,
                                             const TermShares<T, num_terms<L>>& shares) {
    const Run<L, T> run = run_at<L, T>(runs, i);
    T v[P];
    each_term<L>([&](auto k) __attribute__((always_inline)) {
      constexpr Term t = L::terms[k];
      v[t.weight] = shares.share[k];
      const T s = shares.slope * shares.share[k];
      power[0][k] = power[0][k] + s;
      if constexpr (!t.constant()) {
        const T x = run[t.input];
        v[t.exponent] = x * shares.share[k];
        const T xs = x * s;
        power[1][k] = power[1][k] + xs;
        power[2][k] = fma(x, xs, power[2][k]);
      }
    });
    unrolled<P>([&](auto k) __attribute__((always_inline)) {
      const T scaled = shares.excess * v[k];
      unrolled<k + 1>([&](auto l) __attribute__((always_inline)) {
        outer[packed(k, l)] = fma(scaled, v[l], outer[packed(k, l)]);
      });
    });
    if constexpr (kWithScale) add_scales(run, runs.template weight_of<T>(i), shares);
  }

  // Every lane adds up; the leading one writes.
  ISOLOSS_HD void finish(Evaluation<P>& out) const {
    set<T>(out.value, sum_of_lanes(value));
    unrolled<P>([&](auto k) {
      unrolled<k + 1>([&](auto l) {
        constexpr double sign = kIsExponent[k] == kIsExponent[l] ? 1 : -1;
        set<T>(out.hess[packed(k, l)], sign * sum_of_lanes(outer[packed(k, l)]));
      });
    });
    each_term<L>([&](auto k) { finish_term<k>(out); });
  }

 private:
  template <int num>
  ISOLOSS_HD static void fill_zero(T (&row)[num]) {
    for (T& x : row) x = T(0.0);
  }

  // Of each parameter: a table, as clang 14 takes no consteval function in a lambda.
  static constexpr auto kIsExponent = [] {
    std::array<bool, P> is_exponent{};
    for (const Term& t : L::terms)
      if (!t.constant()) is_exponent[t.exponent] = true;
    return is_exponent;
  }();

  ISOLOSS_HD void add_scales(const Run<L, T>& run, const T& weight,
                             const TermShares<T, num_terms<L>>& shares) {
    each_term<L>([&](auto k) __attribute__((always_inline)) {
      constexpr Term t = L::terms[k];
      add_scale(0, k, shares.share[k], weight, shares);
      if constexpr (!t.constant()) add_scale(1, k, shares.share[k] * run[t.input], weight, shares);
    });
  }

  ISOLOSS_HD void add_scale(int j, int k, const T& derivative, const T& weight,
                            const TermShares<T, num_terms<L>>& shares) {
    size[j][k] = size[j][k] + absolute(shares.slope * derivative);
    reach[j][k] = reach[j][k] + absolute(weight * derivative);
  }

  template <int k>
  ISOLOSS_HD void finish_term(Evaluation<P>& out) const {
    constexpr Term t = L::terms[k];
    const double sum = sum_of_lanes(power[0][k]);
    set<T>(out.grad[t.weight], sum);
    add<T>(out.hess[packed(t.weight, t.weight)], sum);
    if constexpr (kWithScale) finish_scale(k, 0, t.weight, out);
    if constexpr (!t.constant()) {
      const double first_moment = sum_of_lanes(power[1][k]);
      set<T>(out.grad[t.exponent], -first_moment);
      add<T>(out.hess[packed_any(t.exponent, t.weight)], -first_moment);
      add<T>(out.hess[packed(t.exponent, t.exponent)], sum_of_lanes(power[2][k]));
      if constexpr (kWithScale) finish_scale(k, 1, t.exponent, out);
    }
  }

  ISOLOSS_HD void finish_scale(int k, int j, int param, Evaluation<P>& out) const {
    set<T>(out.grad_scale[param], sum_of_lanes(size[j][k]));
    set<T>(out.reach[param], sum_of_lanes(reach[j][k]));
  }

  template <class U>
  ISOLOSS_HD static void add(double& to, double sum) {
    if (U::leads()) to += sum;
  }
};

// A law that is a sum of terms: no transcendental beyond the value's own.
template <class L, class T, bool kWithScale, class Runs>
ISOLOSS_HD void evaluate_by_terms(const Runs& runs, double delta, const double* theta,
                                  Evaluation<L::num_params>& out) {
  T point[L::num_params];
  unrolled<L::num_params>([&](auto k) { point[k] = T(theta[k]); });
  each_term<L>([&](auto k) {
    constexpr Term t = L::terms[k];
    if constexpr (t.constant()) point[t.weight] = exp(point[t.weight]);
  });
  TermSums<L, T, kWithScale> sums;
  constexpr int kNumGroups = kGroupsAtOnce<T>;
  TermShares<T, num_terms<L>> shares[kNumGroups];
  constexpr int step = kNumGroups * kNumLanes;
  for (int begin = 0; begin < runs.num_padded; begin += step) {
    T value = sums.value;
    if constexpr (kNumGroups == 1) {
      find_shares<L, T>(runs, begin, T(delta), point, value, shares[0]);
      sums.value = value;
      sums.add(runs, begin, shares[0]);
    } else {
      const int end = begin + step < runs.num_padded ? begin + step : runs.num_padded;
      for (int i = begin; i < end; i += kNumLanes)
        find_shares<L, T>(runs, i, T(delta), point, value, shares[(i - begin) / kNumLanes]);
      sums.value = value;
      for (int i = begin; i < end; i += kNumLanes)
        sums.add(runs, i, shares[(i - begin) / kNumLanes]);
    }
  }
  sums.finish(out);
}

}  // namespace isoloss::detail
