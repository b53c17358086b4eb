// From a candidate to the fit: undamped Newton steps to the rounding of double, and the proof.
//
// A candidate is first snapped to a coarse grid, so that candidates that differ in their last
// digits (another backend, another start) end in the same digits.

#pragma once

#include <cmath>

#include "fits/minimise.h"

namespace isoloss {

// A fit and the proof of its convergence.
template <int P>
struct Polished {
  double theta[P];
  double value;            // objective
  double scaled_gradient;  // see fits/stopping.h; over the free parameters
  bool gradient_is_zero;   // scaled gradient below its bound, or lost in the rounding of residuals
  bool positive_definite;  // Hessian over the free parameters
  bool at_bound[P];        // held by its bound
  bool vanished[P];        // without effect on any run
};

namespace detail {

inline constexpr double kSnapGrid = 0x1p-20;
// Newton's method has nothing left to give below this scaled gradient.
inline constexpr double kPolishedGradient = 1e-14;
// Mean share of L_hat below which a term has vanished.
inline constexpr double kVanishedShare = 1e-9;
// No loss is known to more digits, relative; taking a term away may cost this much in log L.
inline constexpr double kLossPrecision = 1e-12;

template <int P>
ISOLOSS_HD void snap(double (&theta)[P], const Bounds (&bounds)[P]) {
  for (int k = 0; k < P; ++k) {
    if (theta[k] <= bounds[k].lower || theta[k] >= bounds[k].upper) continue;
    const double snapped = std::nearbyint(theta[k] / kSnapGrid) * kSnapGrid;
    theta[k] = std::fmin(std::fmax(snapped, bounds[k].lower), bounds[k].upper);
  }
}

// Reads the proof off an evaluation with scales.
template <int P>
ISOLOSS_HD Polished<P> proof_at(const double (&theta)[P], const Evaluation<P>& at,
                                const Bounds (&bounds)[P]) {
  Polished<P> out;
  bool is_free[P];
  find_free<P>(theta, at.grad, at.hess, bounds, is_free);
  out.value = at.value;
  out.scaled_gradient = 0;
  out.gradient_is_zero = true;
  for (int k = 0; k < P; ++k) {
    out.theta[k] = theta[k];
    out.at_bound[k] = theta[k] <= bounds[k].lower || theta[k] >= bounds[k].upper;
    out.vanished[k] = at.reach[k] < kVanishedShare * at.weight;
    const bool zero = isoloss::gradient_is_zero(at.grad[k], at.grad_scale[k], at.reach[k]);
    if (out.at_bound[k] && zero) is_free[k] = false;
    if (!is_free[k]) continue;
    const double size = std::fabs(at.grad[k]);
    if (size > 0) out.scaled_gradient = std::fmax(out.scaled_gradient, size / at.grad_scale[k]);
    out.gradient_is_zero &= zero;
  }
  double step[P] = {};
  out.positive_definite = damped_step<P>(at, is_free, 0, step);
  for (int k = 0; k < P; ++k)
    if (is_free[k] && !(at.hess[packed(k, k)] > 0)) out.positive_definite = false;
  return out;
}

template <int P, class Evaluate>
ISOLOSS_HD Polished<P> prove(Evaluate& evaluate, double delta, const double (&theta)[P],
                             const Bounds (&bounds)[P], Evaluation<P>& at) {
  evaluate.with_scale(delta, theta, at);
  return proof_at<P>(theta, at, bounds);
}

template <int P>
ISOLOSS_HD bool improves(const Polished<P>& here, const Polished<P>& best) {
  const bool lower = here.value < best.value && !no_higher(best.value, here.value);
  return lower ||
         (here.scaled_gradient < best.scaled_gradient && no_higher(here.value, best.value));
}

// Newton steps for as long as they improve; returns the best point met.
template <int P, class Evaluate>
ISOLOSS_HD Polished<P> newton_tail(Evaluate& evaluate, double delta, const double (&start)[P],
                                   const Bounds (&bounds)[P]) {
  double theta[P];
  for (int k = 0; k < P; ++k) theta[k] = start[k];
  Evaluation<P> at;
  evaluate(delta, theta, at);
  const double start_value = at.value;
  double step[P];
  if (!bounded_step<P>(at, theta, bounds, 0, step))
    return prove<P>(evaluate, delta, start, bounds, at);
  for (int k = 0; k < P; ++k) theta[k] += step[k];
  evaluate(delta, theta, at);  // the proof waits for the second step, which squares the error away
  if (bounded_step<P>(at, theta, bounds, 0, step))
    for (int k = 0; k < P; ++k) theta[k] += step[k];
  Polished<P> best = prove<P>(evaluate, delta, theta, bounds, at);
  if (!no_higher(best.value, start_value)) return prove<P>(evaluate, delta, start, bounds, at);
  for (int round = 0; round < 12 && best.scaled_gradient >= kPolishedGradient; ++round) {
    if (!bounded_step<P>(at, theta, bounds, 0, step)) break;
    for (int k = 0; k < P; ++k) theta[k] += step[k];
    const Polished<P> here = prove<P>(evaluate, delta, theta, bounds, at);
    if (!improves(here, best)) break;
    best = here;
  }
  return best;
}

// A log parameter without effect on any run, the weight of a term that has vanished, goes to its
// lower bound, which stands for zero: "E = 0", not "E = 7e-14". What then has no effect, the
// exponent of that term, stays where it is.
template <int P, class Evaluate>
ISOLOSS_HD Polished<P> zero_vanished(Evaluate& evaluate, double delta, const Polished<P>& fit,
                                     const Bounds (&bounds)[P], const bool (&is_log)[P]) {
  double theta[P];
  Bounds narrowed[P];
  bool changed = false;
  for (int k = 0; k < P; ++k) {
    const bool to_zero = is_log[k] && fit.vanished[k] && !fit.at_bound[k];
    theta[k] = to_zero ? bounds[k].lower : fit.theta[k];
    changed |= to_zero;
  }
  if (!changed) return fit;
  Evaluation<P> at;
  evaluate.with_scale(delta, theta, at);
  for (int k = 0; k < P; ++k) {
    const bool fixed = at.reach[k] < kVanishedShare * at.weight;
    narrowed[k] = fixed ? Bounds{theta[k], theta[k]} : bounds[k];
  }
  const Polished<P> zeroed = newton_tail<P>(evaluate, delta, theta, narrowed);
  const double allowed = 0.5 * at.weight * kLossPrecision * kLossPrecision;
  return no_higher(zeroed.value, fit.value + allowed) ? zeroed : fit;
}

}  // namespace detail

// Polishes `candidate` (P values) for a Huber delta (infinity: squared residuals).
//
//   evaluate  as for minimise; evaluate.with_scale also fills grad_scale, reach and weight
//   cost      about 3 evaluations from a settled candidate; up to max_evaluations more otherwise
template <int P, class Evaluate>
ISOLOSS_HD Polished<P> polish(Evaluate&& evaluate, const double* candidate,
                              const Bounds (&bounds)[P], const bool (&is_log)[P], double delta) {
  double theta[P];
  for (int k = 0; k < P; ++k) theta[k] = candidate[k];
  detail::snap<P>(theta, bounds);
  const Polished<P> tail = detail::newton_tail<P>(evaluate, delta, theta, bounds);
  const Polished<P> best = detail::zero_vanished<P>(evaluate, delta, tail, bounds, is_log);
  if (best.gradient_is_zero && best.positive_definite) return best;
  MinimiseOptions options;
  options.delta = delta;
  options.first_delta = delta;
  const Minimum<P> again = minimise<P>(evaluate, best.theta, bounds, is_log, options);
  for (int k = 0; k < P; ++k) theta[k] = again.theta[k];
  const Polished<P> end = detail::newton_tail<P>(evaluate, delta, theta, bounds);
  const Polished<P> second = detail::zero_vanished<P>(evaluate, delta, end, bounds, is_log);
  const bool better =
      second.gradient_is_zero >= best.gradient_is_zero && no_higher(second.value, best.value);
  return better || second.value < best.value ? second : best;
}

}  // namespace isoloss
