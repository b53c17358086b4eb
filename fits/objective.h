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
};

namespace detail {

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
  const T inside = select_less(delta, absolute(r), T(0.0), weight);
  return {weight * huber_rho(r, psi), weight * psi, inside};
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

  void add_gradient(const RunFactors<T>& factors, const T (&log_loss_grad)[P], const T& weight) {
    value = value + factors.value;
    for (int k = 0; k < P; ++k) grad[k] = fma(factors.slope, log_loss_grad[k], grad[k]);
    if constexpr (kWithScale) {
      for (int k = 0; k < P; ++k) {
        grad_scale[k] = grad_scale[k] + absolute(factors.slope * log_loss_grad[k]);
        reach[k] = reach[k] + absolute(weight * log_loss_grad[k]);
      }
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
    sums.add_gradient(factors, log_loss_hat.grad, T::load(runs.weight + i));
    sums.add_outer(factors.curvature, log_loss_hat.grad);
    for (int k = 0; k < num_packed(P); ++k)
      sums.hess[k] = fma(factors.slope, log_loss_hat.hess[k], sums.hess[k]);
  }
  sums.finish(out);
}

// A law that is a sum of terms. With shares z_k = term_k / L_hat and log term_k = theta[weight] -
// theta[exponent] x, the gradient of log L_hat is (z_k, -x z_k) and its Hessian, from that of
// log-sum-exp, diag(z) - z z^T pulled back by (1, -x): no transcendental beyond the value's own.
template <class L, class T, bool kWithScale>
void evaluate_by_terms(const RunsView& runs, double delta, const double* theta,
                       Evaluation<L::num_params>& out) {
  constexpr int P = L::num_params;
  constexpr int num_terms = static_cast<int>(L::terms.size());
  Sums<T, P, kWithScale> sums;
  for (int i = 0; i < runs.num_padded; i += kNumLanes) {
    const Run<T> run = load_run<T>(runs, i);
    T term[num_terms];
    T total = T(0.0);
    for (int k = 0; k < num_terms; ++k) {
      const Term& t = L::terms[k];
      T log_term = T(theta[t.weight]);
      if (!t.constant()) log_term = fma(T(-theta[t.exponent]), log_input(run, t.input), log_term);
      term[k] = exp(log_term);
      total = total + term[k];
    }
    const T inverse = T(1.0) / total;
    const RunFactors<T> factors = run_factors(log(total), runs, i, T(delta));
    T grad[P];
    for (int k = 0; k < num_terms; ++k) {
      const Term& t = L::terms[k];
      const T share = term[k] * inverse;
      const T weighted = factors.slope * share;
      grad[t.weight] = share;
      T& own = sums.hess[packed(t.weight, t.weight)];
      own = own + weighted;
      if (t.constant()) continue;
      const T x = log_input(run, t.input);
      grad[t.exponent] = T(0.0) - x * share;
      const int cross_index =
          t.exponent > t.weight ? packed(t.exponent, t.weight) : packed(t.weight, t.exponent);
      const T x_weighted = x * weighted;
      sums.hess[cross_index] = sums.hess[cross_index] - x_weighted;
      T& square = sums.hess[packed(t.exponent, t.exponent)];
      square = fma(x, x_weighted, square);
    }
    sums.add_gradient(factors, grad, T::load(runs.weight + i));
    sums.add_outer(factors.curvature - factors.slope, grad);
  }
  sums.finish(out);
}

}  // namespace detail

// f, gradient and Hessian at theta.
//
//   delta      Huber's delta in log L; infinity for squared residuals
//   theta      num_params values in search coordinates
//   T          Lanes of some pack; every pack gives the same bits
//   kWithScale also fills grad_scale and reach
//   cost       one pass over the runs; for a sum of terms an exp a term, one log, two divisions
template <class L, class T, bool kWithScale>
void evaluate(const RunsView& runs, double delta, const double* theta,
              Evaluation<L::num_params>& out) {
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
