// A damped Newton minimiser of fixed size: no allocation, no exceptions; the same code on a CPU and
// in a CUDA thread.
//
// Levenberg-Marquardt damping on the exact Hessian, scaled by its diagonal. The search may start at
// a larger Huber delta (infinity: least squares) and tighten it as the predicted decrease falls
// (graduated non-convexity; Blake & Zisserman 1987), which is what makes arbitrary starts converge.
// Parameters live in a box; one at its bound whose gradient points outwards is held there. A log
// parameter that keeps falling is tried at its lower bound, where its weight is zero: the valley
// towards log weight = -infinity would take a step per unit otherwise.

#pragma once

#include <cmath>

#include "fits/law.h"
#include "fits/objective.h"
#include "fits/small_matrix.h"
#include "fits/stopping.h"

namespace isoloss {

struct MinimiseOptions {
  double delta = 1e-3;        // Huber's delta of the objective asked for
  double first_delta = 1e-3;  // >= delta: where the schedule starts; infinity is least squares
  double delta_factor = 0.3;  // the schedule's ratio
  int max_evaluations = 400;
  double first_damping = 1e-2;
};

template <int P>
struct Minimum {
  double theta[P];
  double value;  // objective at theta, +infinity if no start gave a finite one
  int evaluations;
  bool settled;  // ended by a stopping rule, not by max_evaluations
};

namespace detail {

// Largest schedule entry below least squares, in units of the asked delta.
inline constexpr double kFirstFiniteDelta = 30;

ISOLOSS_HD inline double next_delta(double current, const MinimiseOptions& options) {
  const double next = std::isinf(current) ? kFirstFiniteDelta * options.delta
                                          : options.delta_factor * current;
  return next > options.delta ? next : options.delta;
}

// Parameters that may move: inside the box, or at a bound with the gradient pointing inwards.
template <int P>
ISOLOSS_HD void find_free(const double (&theta)[P], const double (&grad)[P],
                          const double (&hess)[num_packed(P)], const Bounds (&bounds)[P],
                          bool (&is_free)[P]) {
  for (int k = 0; k < P; ++k) {
    const bool held_below = theta[k] <= bounds[k].lower && grad[k] >= 0;
    const bool held_above = theta[k] >= bounds[k].upper && grad[k] <= 0;
    const bool without_effect = hess[packed(k, k)] == 0 && grad[k] == 0;
    is_free[k] = !held_below && !held_above && !without_effect;
  }
}

// Solves (H + damping D) step = -g over the free parameters, D = |diag H|. False if indefinite.
template <int P>
ISOLOSS_HD bool damped_step(const Evaluation<P>& at, const bool (&is_free)[P], double damping,
                            double (&step)[P]) {
  double scale[P];
  for (int k = 0; k < P; ++k) {
    const double diagonal = std::fabs(at.hess[packed(k, k)]);
    scale[k] = is_free[k] && diagonal > 1e-290 ? 1 / std::sqrt(diagonal) : 0;
  }
  double matrix[num_packed(P)];
  for (int k = 0; k < P; ++k) {
    for (int l = 0; l < k; ++l)
      matrix[packed(k, l)] = at.hess[packed(k, l)] * scale[k] * scale[l];
    matrix[packed(k, k)] =
        scale[k] == 0 ? 1 : (at.hess[packed(k, k)] > 0 ? 1 : -1) + damping;
    step[k] = -at.grad[k] * scale[k];
  }
  if (!cholesky<P>(matrix, kLeastPivot)) return false;
  solve_cholesky<P>(matrix, step);
  for (int k = 0; k < P; ++k) step[k] *= scale[k];
  return true;
}

// Shortens the step to the box, per parameter; a log parameter falls by at most 8 a step.
template <int P>
ISOLOSS_HD double clip_step(const double (&theta)[P], const Bounds (&bounds)[P],
                            double (&step)[P]) {
  double longest = 0;
  for (int k = 0; k < P; ++k) {
    if (theta[k] + step[k] < bounds[k].lower) step[k] = bounds[k].lower - theta[k];
    if (theta[k] + step[k] > bounds[k].upper) step[k] = bounds[k].upper - theta[k];
    longest = std::fmax(longest, std::fabs(step[k]));
  }
  return longest;
}

template <int P>
ISOLOSS_HD double predicted_decrease(const Evaluation<P>& at, const double (&step)[P]) {
  double decrease = 0;
  for (int k = 0; k < P; ++k) {
    double curved = 0.5 * at.hess[packed(k, k)] * step[k];
    for (int l = 0; l < k; ++l) curved += at.hess[packed(k, l)] * step[l];
    decrease -= (at.grad[k] + curved) * step[k];
  }
  return decrease;
}

}  // namespace detail

// Minimises evaluate(delta, theta, Evaluation<P>&) from theta.
//
//   start    P values; moved into the box first
//   is_log   P flags: the parameter is the log of a weight
//   returns  the lowest point met at the asked delta
template <int P, class Evaluate>
ISOLOSS_HD Minimum<P> minimise(Evaluate&& evaluate, const double* start,
                               const Bounds (&bounds)[P], const bool (&is_log)[P],
                               const MinimiseOptions& options) {
  Minimum<P> best;
  for (int k = 0; k < P; ++k)
    best.theta[k] = std::fmin(std::fmax(start[k], bounds[k].lower), bounds[k].upper);
  best.settled = false;
  double delta = options.first_delta;
  double damping = options.first_damping;
  int falls[P] = {};
  Evaluation<P> at;
  evaluate(delta, best.theta, at);
  best.evaluations = 1;
  best.value = std::isfinite(at.value) ? at.value : INFINITY;
  if (!std::isfinite(at.value)) return best;

  while (best.evaluations < options.max_evaluations) {
    bool is_free[P];
    detail::find_free<P>(best.theta, at.grad, at.hess, bounds, is_free);
    double step[P];
    if (!detail::damped_step<P>(at, is_free, damping, step)) {
      damping = std::fmax(10 * damping, 1e-3);
      if (damping > 1e12) break;
      continue;
    }
    const double longest = detail::clip_step<P>(best.theta, bounds, step);
    const double predicted = detail::predicted_decrease<P>(at, step);
    if (delta > options.delta && ready_for_smaller_delta(predicted, at.value)) {
      delta = detail::next_delta(delta, options);
      evaluate(delta, best.theta, at);
      ++best.evaluations;
      best.value = at.value;
      continue;
    }
    if (decrease_is_rounding(predicted, at.value)) {
      if (damping <= 1e-6 || longest == 0) {
        best.settled = true;
        break;
      }
      damping *= 1e-3;  // damping, not the minimum, may be what shortened the step
      continue;
    }
    double trial[P];
    for (int k = 0; k < P; ++k) trial[k] = best.theta[k] + step[k];
    Evaluation<P> there;
    evaluate(delta, trial, there);
    ++best.evaluations;
    if (!(there.value < at.value)) {
      damping = std::fmax(8 * damping, 1e-4);
      if (damping > 1e12) {
        best.settled = true;
        break;
      }
      continue;
    }
    const double ratio = (at.value - there.value) / predicted;
    damping *= ratio > 0.75 ? 0.1 : (ratio > 0.25 ? 0.5 : 3);
    for (int k = 0; k < P; ++k) {
      best.theta[k] = trial[k];
      falls[k] = is_log[k] && step[k] < -0.4 ? falls[k] + 1 : 0;
    }
    at = there;
    best.value = at.value;
    const bool undamped = damping <= 1e-3 && delta == options.delta;
    if (undamped && step_is_final(longest)) {
      best.settled = true;
      break;
    }
    for (int k = 0; k < P; ++k) {
      if (falls[k] < 3 || best.theta[k] <= bounds[k].lower) continue;
      falls[k] = 0;
      double zeroed[P];
      for (int l = 0; l < P; ++l) zeroed[l] = l == k ? bounds[k].lower : best.theta[l];
      evaluate(delta, zeroed, there);
      ++best.evaluations;
      if (!(there.value <= at.value)) continue;
      best.theta[k] = zeroed[k];
      at = there;
      best.value = at.value;
    }
  }
  return best;
}

}  // namespace isoloss
