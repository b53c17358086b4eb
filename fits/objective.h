// The objective, its gradient and Hessian: THE reference that every engine is held to.
//
//   f(theta) = sum over runs of weight * rho(log L_hat(theta; run) - log L), see
//   fits/residual_loss.h
//
// Runs stand in lanes; every sum is kept in eight partial sums (run i goes to lane i mod 8) and
// added as one fixed tree, so the same runs give the same bits on every processor.

#pragma once

#include "fits/dual_functions.h"
#include "fits/term_sums.h"

namespace isoloss {

namespace detail {

// Partial sums of an evaluation.
template <class T, int P, bool kWithScale>
struct Sums {
  T value = T(0.0);
  T grad[P];
  T hess[num_packed(P)];
  T grad_scale[kWithScale ? P : 1];
  T reach[kWithScale ? P : 1];

  ISOLOSS_HD Sums() {
    for (T& x : grad) x = T(0.0);
    for (T& x : hess) x = T(0.0);
    for (T& x : grad_scale) x = T(0.0);
    for (T& x : reach) x = T(0.0);
  }

  ISOLOSS_HD void add_gradient(const T& slope, const T (&log_loss_grad)[P]) {
    for (int k = 0; k < P; ++k) grad[k] = fma(slope, log_loss_grad[k], grad[k]);
  }

  ISOLOSS_HD void add_scales(const T& slope, const T (&log_loss_grad)[P], const T& weight) {
    for (int k = 0; k < P; ++k) {
      grad_scale[k] = grad_scale[k] + absolute(slope * log_loss_grad[k]);
      reach[k] = reach[k] + absolute(weight * log_loss_grad[k]);
    }
  }

  ISOLOSS_HD void add_outer(const T& factor, const T (&log_loss_grad)[P]) {
    for (int k = 0; k < P; ++k) {
      const T scaled = factor * log_loss_grad[k];
      for (int l = 0; l <= k; ++l)
        hess[packed(k, l)] = fma(scaled, log_loss_grad[l], hess[packed(k, l)]);
    }
  }

  ISOLOSS_HD void finish(Evaluation<P>& out) const {
    set<T>(out.value, sum_of_lanes(value));
    unrolled<P>([&](auto k) { set<T>(out.grad[k], sum_of_lanes(grad[k])); });
    unrolled<num_packed(P)>([&](auto k) { set<T>(out.hess[k], sum_of_lanes(hess[k])); });
    if constexpr (kWithScale) {
      unrolled<P>([&](auto k) {
        set<T>(out.grad_scale[k], sum_of_lanes(grad_scale[k]));
        set<T>(out.reach[k], sum_of_lanes(reach[k]));
      });
    }
  }
};

// Any law, by dual numbers.
template <class L, class T, bool kWithScale, class Runs>
ISOLOSS_HD void evaluate_by_duals(const Runs& runs, double delta, const double* theta,
                                  Evaluation<L::num_params>& out) {
  constexpr int P = L::num_params;
  using D = Dual<T, P>;
  D point[P];
  for (int k = 0; k < P; ++k) point[k] = D::variable(T(theta[k]), k);
  Sums<T, P, kWithScale> sums;
  for (int i = 0; i < runs.num_padded; i += kNumLanes) {
    const Run<L, T> run = run_at<L, T>(runs, i);
    Run<L, D> constant_run;
    for (std::size_t k = 0; k < L::inputs.size(); ++k) constant_run.value[k] = D(run.value[k]);
    const D log_loss_hat = L::log_loss(point, constant_run);
    const RunFactors<T> factors = run_factors(log_loss_hat.value, runs, i, T(delta));
    sums.value = sums.value + factors.value;
    sums.add_gradient(factors.slope, log_loss_hat.grad);
    if constexpr (kWithScale)
      sums.add_scales(factors.slope, log_loss_hat.grad, runs.template weight_of<T>(i));
    sums.add_outer(factors.curvature, log_loss_hat.grad);
    for (int k = 0; k < num_packed(P); ++k)
      sums.hess[k] = fma(factors.slope, log_loss_hat.hess[k], sums.hess[k]);
  }
  sums.finish(out);
}

}  // namespace detail

// f, gradient and Hessian at theta.
//
//   delta      Huber's delta in log L; infinity for squared residuals
//   theta      num_params values in search coordinates
//   T          Lanes of some pack, or a thread of eight; each gives the same bits
//   kWithScale also fills grad_scale, reach and weight
//   cost       one pass over the runs; for a sum of terms an exp a term, one log, two divisions
template <class L, class T, bool kWithScale, class Runs>
ISOLOSS_HD void evaluate(const Runs& runs, double delta, const double* theta,
                         Evaluation<L::num_params>& out) {
  if constexpr (kWithScale) detail::set<T>(out.weight, detail::total_weight<T>(runs));
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
    L::log_loss(point, run_at<L, T>(runs, i)).store(out + i);
}

}  // namespace isoloss
