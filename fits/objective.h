// The objective, its gradient and Hessian: THE reference that every engine is held to.
//
//   f(theta) = sum over runs of weight * rho(log L_hat(theta; run) - log L)
//
// Runs stand in lanes; every sum is kept in eight partial sums (run i goes to lane i mod 8) and
// added as one fixed tree, so the same runs give the same bits on every processor.

#pragma once

#include "fits/dual.h"
#include "fits/lanes.h"
#include "fits/law.h"
#include "fits/residual_loss.h"

namespace isoloss {

// Runs as structure of arrays on the host. Each array has num_padded entries, a multiple of
// kNumLanes; entries from num_runs on repeat the last run with weight 0.
struct RunsView {
  const double* log_N;     // relative to the mean the caller subtracted
  const double* log_D;     // the same
  const double* log_loss;  // log of nats per token
  const double* weight;    // >= 0
  int num_runs = 0;
  int num_padded = 0;
};

// f and its derivatives at one theta of P parameters.
template <int P>
struct Evaluation {
  double value;
  double grad[P];
  double hess[num_packed(P)];  // packed lower triangle, see fits/dual.h
  double grad_scale[P];        // sum of |weight psi d log L_hat / d theta|: what cancels in grad
  double reach[P];             // sum of weight |d log L_hat / d theta|
  double weight;               // sum of weight
};

namespace detail {

template <class L>
inline constexpr int num_terms = static_cast<int>(L::terms.size());

template <class T>
Run<T> load_run(const RunsView& runs, int i) {
  return {T::load(runs.log_N + i), T::load(runs.log_D + i)};
}

template <class T>
T absolute(const T& x) {
  return select_less(x, T(0.0), T(0.0) - x, x);
}

// The three factors by which one run's derivatives enter the sums.
template <class T>
struct RunFactors {
  T value;      // weight rho
  T slope;      // weight psi
  T curvature;  // weight psi'
};

template <class T>
RunFactors<T> run_factors(const T& log_loss_hat, const RunsView& runs, int i, const T& delta) {
  const T weight = T::load(runs.weight + i);
  const T r = log_loss_hat - T::load(runs.log_loss + i);
  const T psi = huber_psi(r, delta);
  return {weight * huber_rho(r, psi), weight * psi, select_equal(r, psi, weight, T(0.0))};
}

// Partial sums of an evaluation.
template <class T, int P, bool kWithScale>
struct Sums {
  T value = T(0.0);
  T grad[P];
  T hess[num_packed(P)];
  T grad_scale[kWithScale ? P : 1];
  T reach[kWithScale ? P : 1];

  Sums() {
    for (T& x : grad) x = T(0.0);
    for (T& x : hess) x = T(0.0);
    for (T& x : grad_scale) x = T(0.0);
    for (T& x : reach) x = T(0.0);
  }

  void add_gradient(const T& slope, const T (&log_loss_grad)[P]) {
    for (int k = 0; k < P; ++k) grad[k] = fma(slope, log_loss_grad[k], grad[k]);
  }

  void add_scales(const T& slope, const T (&log_loss_grad)[P], const T& weight) {
    for (int k = 0; k < P; ++k) {
      grad_scale[k] = grad_scale[k] + absolute(slope * log_loss_grad[k]);
      reach[k] = reach[k] + absolute(weight * log_loss_grad[k]);
    }
  }

  void add_outer(const T& factor, const T (&log_loss_grad)[P]) {
    for (int k = 0; k < P; ++k) {
      const T scaled = factor * log_loss_grad[k];
      for (int l = 0; l <= k; ++l)
        hess[packed(k, l)] = fma(scaled, log_loss_grad[l], hess[packed(k, l)]);
    }
  }

  void finish(Evaluation<P>& out) const {
    out.value = sum_of_lanes(value);
    for (int k = 0; k < P; ++k) out.grad[k] = sum_of_lanes(grad[k]);
    for (int k = 0; k < num_packed(P); ++k) out.hess[k] = sum_of_lanes(hess[k]);
    if constexpr (kWithScale) {
      for (int k = 0; k < P; ++k) out.grad_scale[k] = sum_of_lanes(grad_scale[k]);
      for (int k = 0; k < P; ++k) out.reach[k] = sum_of_lanes(reach[k]);
    }
  }
};

// Any law, by dual numbers.
template <class L, class T, bool kWithScale>
void evaluate_by_duals(const RunsView& runs, double delta, const double* theta,
                       Evaluation<L::num_params>& out) {
  constexpr int P = L::num_params;
  using D = Dual<T, P>;
  D point[P];
  for (int k = 0; k < P; ++k) point[k] = D::variable(T(theta[k]), k);
  Sums<T, P, kWithScale> sums;
  for (int i = 0; i < runs.num_padded; i += kNumLanes) {
    const Run<T> run = load_run<T>(runs, i);
    const D log_loss_hat = L::log_loss(point, Run<D>{D(run.log_N), D(run.log_D)});
    const RunFactors<T> factors = run_factors(log_loss_hat.value, runs, i, T(delta));
    sums.value = sums.value + factors.value;
    sums.add_gradient(factors.slope, log_loss_hat.grad);
    if constexpr (kWithScale)
      sums.add_scales(factors.slope, log_loss_hat.grad, T::load(runs.weight + i));
    sums.add_outer(factors.curvature, log_loss_hat.grad);
    for (int k = 0; k < num_packed(P); ++k)
      sums.hess[k] = fma(factors.slope, log_loss_hat.hess[k], sums.hess[k]);
  }
  sums.finish(out);
}

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

}  // namespace detail

// f, gradient and Hessian at theta.
//
//   delta      Huber's delta in log L; infinity for squared residuals
//   theta      num_params values in search coordinates
//   T          Lanes of some pack; every pack gives the same bits
//   kWithScale also fills grad_scale, reach and weight
//   cost       one pass over the runs; for a sum of terms an exp a term, one log, two divisions
template <class L, class T, bool kWithScale>
void evaluate(const RunsView& runs, double delta, const double* theta,
              Evaluation<L::num_params>& out) {
  if constexpr (kWithScale) {
    T weight = T(0.0);
    for (int i = 0; i < runs.num_padded; i += kNumLanes) weight = weight + T::load(runs.weight + i);
    out.weight = sum_of_lanes(weight);
  }
  if constexpr (HasTerms<L>) {
    detail::evaluate_by_terms<L, T, kWithScale>(runs, delta, theta, out);
  } else {
    detail::evaluate_by_duals<L, T, kWithScale>(runs, delta, theta, out);
  }
}

// log L_hat of every run: out has num_padded entries.
template <class L, class T>
void predict(const RunsView& runs, const double* theta, double* out) {
  T point[L::num_params];
  for (int k = 0; k < L::num_params; ++k) point[k] = T(theta[k]);
  for (int i = 0; i < runs.num_padded; i += kNumLanes)
    L::log_loss(point, detail::load_run<T>(runs, i)).store(out + i);
}

}  // namespace isoloss
