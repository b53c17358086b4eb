// The objective of a law that is a sum of terms: its derivatives are moments of the terms' shares,
// so that nothing transcendental is computed beyond the value's own.

#pragma once

#include "fits/evaluation.h"

namespace isoloss::detail {

template <class L>
inline constexpr int num_terms = static_cast<int>(L::terms.size());

// Groups of runs between the two passes below: their buffer stays in the first-level cache.
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
template <class L, class T>
[[gnu::always_inline]] inline void find_shares(const RunsView& runs, int i, const T& delta,
                                               const T* point, T& value,
                                               TermShares<T, num_terms<L>>& out) {
  const Run<T> run = load_run<T>(runs, i);
  T total = T(0.0);
  for (int k = 0; k < num_terms<L>; ++k) {
    const Term t = L::terms[k];
    out.share[k] = point[t.weight];
    if (!t.constant())
      out.share[k] = exp(point[t.weight] - point[t.exponent] * log_input(run, t.input));
    total = total + out.share[k];
  }
  const T inverse = T(1.0) / total;
  for (int k = 0; k < num_terms<L>; ++k) out.share[k] = out.share[k] * inverse;
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
  T value = T(0.0);
  T power[3][num_terms<L>];
  T outer[num_packed(L::num_params)];
  T size[2][kWithScale ? num_terms<L> : 1];   // sum of |s z_k x^j|
  T reach[2][kWithScale ? num_terms<L> : 1];  // sum of |weight z_k x^j|

  TermSums() {
    for (T& x : outer) x = T(0.0);
    for (auto& row : power) fill_zero(row);
    for (auto& row : size) fill_zero(row);
    for (auto& row : reach) fill_zero(row);
  }

  [[gnu::always_inline]] void add(const RunsView& runs, int i,
                                  const TermShares<T, num_terms<L>>& shares) {
    const Run<T> run = load_run<T>(runs, i);
    T v[L::num_params];
    unrolled<num_terms<L>>([&](auto k) __attribute__((always_inline)) {
      constexpr Term t = L::terms[k];
      v[t.weight] = shares.share[k];
      const T s = shares.slope * shares.share[k];
      power[0][k] = power[0][k] + s;
      if constexpr (!t.constant()) {
        const T x = log_input(run, t.input);
        v[t.exponent] = x * shares.share[k];
        const T xs = x * s;
        power[1][k] = power[1][k] + xs;
        power[2][k] = fma(x, xs, power[2][k]);
      }
    });
    unrolled<L::num_params>([&](auto k) __attribute__((always_inline)) {
      const T scaled = shares.excess * v[k];
      unrolled<k + 1>([&](auto l) __attribute__((always_inline)) {
        outer[packed(k, l)] = fma(scaled, v[l], outer[packed(k, l)]);
      });
    });
    if constexpr (kWithScale) add_scales(run, shares, T::load(runs.weight + i));
  }

  void finish(Evaluation<L::num_params>& out) const {
    double sign[L::num_params];
    for (int k = 0; k < L::num_params; ++k) sign[k] = 1;
    for (const Term& t : L::terms)
      if (!t.constant()) sign[t.exponent] = -1;
    out.value = sum_of_lanes(value);
    for (int k = 0; k < L::num_params; ++k)
      for (int l = 0; l <= k; ++l)
        out.hess[packed(k, l)] = sign[k] * sign[l] * sum_of_lanes(outer[packed(k, l)]);
    for (int k = 0; k < num_terms<L>; ++k) {
      const Term t = L::terms[k];
      const double sum = sum_of_lanes(power[0][k]);
      out.grad[t.weight] = sum;
      out.hess[packed(t.weight, t.weight)] += sum;
      if constexpr (kWithScale) finish_scale(k, 0, t.weight, out);
      if (t.constant()) continue;
      const double first_moment = sum_of_lanes(power[1][k]);
      out.grad[t.exponent] = -first_moment;
      out.hess[packed_any(t.exponent, t.weight)] -= first_moment;
      out.hess[packed(t.exponent, t.exponent)] += sum_of_lanes(power[2][k]);
      if constexpr (kWithScale) finish_scale(k, 1, t.exponent, out);
    }
  }

 private:
  template <int num>
  static void fill_zero(T (&row)[num]) {
    for (T& x : row) x = T(0.0);
  }

  void add_scales(const Run<T>& run, const TermShares<T, num_terms<L>>& shares, const T& weight) {
    for (int k = 0; k < num_terms<L>; ++k) {
      const Term t = L::terms[k];
      const T x[2] = {T(1.0), t.constant() ? T(0.0) : log_input(run, t.input)};
      for (int j = 0; j < 2; ++j) {
        size[j][k] = size[j][k] + absolute(shares.slope * (shares.share[k] * x[j]));
        reach[j][k] = reach[j][k] + absolute(weight * (shares.share[k] * x[j]));
      }
    }
  }

  void finish_scale(int k, int j, int param, Evaluation<L::num_params>& out) const {
    out.grad_scale[param] = sum_of_lanes(size[j][k]);
    out.reach[param] = sum_of_lanes(reach[j][k]);
  }
};

// A law that is a sum of terms: no transcendental beyond the value's own.
template <class L, class T, bool kWithScale>
void evaluate_by_terms(const RunsView& runs, double delta, const double* theta,
                       Evaluation<L::num_params>& out) {
  T point[L::num_params];
  for (int k = 0; k < L::num_params; ++k) point[k] = T(theta[k]);
  for (const Term& t : L::terms)
    if (t.constant()) point[t.weight] = exp(point[t.weight]);
  TermSums<L, T, kWithScale> sums;
  TermShares<T, num_terms<L>> shares[kGroupsAtOnce];
  const int step = kGroupsAtOnce * kNumLanes;
  for (int begin = 0; begin < runs.num_padded; begin += step) {
    const int end = begin + step < runs.num_padded ? begin + step : runs.num_padded;
    T value = sums.value;
    for (int i = begin; i < end; i += kNumLanes)
      find_shares<L, T>(runs, i, T(delta), point, value, shares[(i - begin) / kNumLanes]);
    sums.value = value;
    for (int i = begin; i < end; i += kNumLanes) sums.add(runs, i, shares[(i - begin) / kNumLanes]);
  }
  sums.finish(out);
}

}  // namespace isoloss::detail
