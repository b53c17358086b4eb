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
#include <type_traits>

#include "fits/law.h"
#include "fits/objective.h"
#include "fits/small_matrix.h"
#include "fits/stopping.h"

namespace isoloss {

struct MinimiseOptions {
  double delta = 1e-3;        // Huber's delta of the objective asked for
  double first_delta = 1e-3;  // >= delta: where the schedule starts; infinity is least squares
  double delta_factor = 0.3;  // the schedule's ratio
  double ready_share = 3e-2;  // delta shrinks when the predicted decrease is below this share of f
  int max_evaluations = 400;
  double first_damping = 1e-2;
  double final_step = 1e-4;  // a step whose longest entry is below this ends the search
};

template <int P>
struct Minimum {
  double theta[P];
  double value;  // objective at theta, perhaps by the model of the last step; +infinity if it was
                 // not finite at the start
  int evaluations;  // passes over the runs
  bool settled;     // ended by a stopping rule, not by max_evaluations
};

namespace detail {

// Largest schedule entry below least squares, in units of the asked delta.
inline constexpr double kFirstFiniteDelta = 30;

ISOLOSS_HD inline double next_delta(double current, const MinimiseOptions& options) {
  const double next =
      std::isinf(current) ? kFirstFiniteDelta * options.delta : options.delta_factor * current;
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

// Solves (H + damping D) step = -g for the free entries of step, D = |diag H|; the others are given
// and enter through H. False if indefinite.
template <int P>
ISOLOSS_HD bool damped_step(const Evaluation<P>& at, const bool (&is_free)[P], double damping,
                            double (&step)[P]) {
  double scale[P];
  for (int k = 0; k < P; ++k) {
    const double diagonal = std::fabs(at.hess[packed(k, k)]);
    scale[k] = is_free[k] && diagonal > 1e-290 ? 1 / std::sqrt(diagonal) : 0;
  }
  double matrix[num_packed(P)];
  double scaled[P];
  for (int k = 0; k < P; ++k) {
    for (int l = 0; l < k; ++l) matrix[packed(k, l)] = at.hess[packed(k, l)] * scale[k] * scale[l];
    matrix[packed(k, k)] = scale[k] == 0 ? 1 : (at.hess[packed(k, k)] > 0 ? 1 : -1) + damping;
    double slope = at.grad[k];
    for (int l = 0; l < P; ++l)
      if (!is_free[l]) slope += at.hess[k > l ? packed(k, l) : packed(l, k)] * step[l];
    scaled[k] = -slope * scale[k];
  }
  if (!factor_ldl<P>(matrix, kLeastPivot)) return false;
  solve_ldl<P>(matrix, scaled);
  for (int k = 0; k < P; ++k)
    if (is_free[k]) step[k] = scaled[k] * scale[k];
  return true;
}

// The damped Newton step within the box: a parameter that would leave it goes to its bound, and the
// others step given that. False if indefinite.
template <int P>
ISOLOSS_HD bool bounded_step(const Evaluation<P>& at, const double (&theta)[P],
                             const Bounds (&bounds)[P], double damping, double (&step)[P]) {
  bool is_free[P];
  find_free<P>(theta, at.grad, at.hess, bounds, is_free);
  for (int k = 0; k < P; ++k) step[k] = 0;
  for (int round = 0; round < P; ++round) {
    if (!damped_step<P>(at, is_free, damping, step)) return false;
    bool left_box = false;
    for (int k = 0; k < P; ++k) {
      const double below = bounds[k].lower - theta[k];
      const double above = bounds[k].upper - theta[k];
      if (!is_free[k] || (step[k] >= below && step[k] <= above)) continue;
      step[k] = step[k] < below ? below : above;
      is_free[k] = false;
      left_box = true;
    }
    if (!left_box) break;
  }
  return true;
}

template <int P>
ISOLOSS_HD double longest_entry(const double (&step)[P]) {
  double longest = 0;
  for (int k = 0; k < P; ++k) longest = std::fmax(longest, std::fabs(step[k]));
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

// One search. `run` is the loop; each step below it is one idea.
template <int P, class Evaluate>
class NewtonSearch {
 public:
  ISOLOSS_HD NewtonSearch(Evaluate& evaluate, const Bounds (&bounds)[P], const bool (&is_log)[P],
                          const MinimiseOptions& options)
      : evaluate_(evaluate),
        bounds_(bounds),
        is_log_(is_log),
        options_(options),
        delta_(options.first_delta),
        damping_(options.first_damping) {}

  ISOLOSS_HD Minimum<P> run(const double* start) {
    for (int k = 0; k < P; ++k)
      theta_[k] = std::fmin(std::fmax(start[k], bounds_[k].lower), bounds_[k].upper);
    look(theta_, at_);
    if (!std::isfinite(at_.value)) return result(INFINITY);
    for (int pass = 0; pass < 2 * options_.max_evaluations && !settled_; ++pass) {
      if (evaluations_ >= options_.max_evaluations) break;
      advance();
    }
    return result(at_.value);
  }

 private:
  ISOLOSS_HD void look(const double* theta, Evaluation<P>& out) {
    evaluate_(delta_, theta, out);
    ++evaluations_;
  }

  ISOLOSS_HD Minimum<P> result(double value) const {
    Minimum<P> out;
    for (int k = 0; k < P; ++k) out.theta[k] = theta_[k];
    out.value = value;
    out.evaluations = evaluations_;
    out.settled = settled_;
    return out;
  }

  // Solves for a step and does what it calls for: damp, tighten delta, stop, or move.
  ISOLOSS_HD void advance() {
    double step[P];
    if (!bounded_step<P>(at_, theta_, bounds_, damping_, step)) return damp(10, 1e-3);
    const double longest = longest_entry<P>(step);
    const double predicted = predicted_decrease<P>(at_, step);
    if (predicted < 0 && longest > 0) return damp(8, 1e-4);
    if (delta_ > options_.delta &&
        ready_for_smaller_delta(predicted, at_.value, options_.ready_share)) {
      delta_ = next_delta(delta_, options_);
      return look(theta_, at_);
    }
    if (decrease_is_rounding(predicted, at_.value)) return relax_or_settle(longest);
    if (delta_ == options_.delta && damping_ <= 1e-3 && step_is_final(longest, options_.final_step))
      return take_final(step, predicted);
    try_step(step, predicted);
  }

  ISOLOSS_HD void damp(double factor, double least) {
    damping_ = std::fmax(factor * damping_, least);
    settled_ = damping_ > 1e12;
  }

  // Strong damping, not the minimum, may be what made the decrease so small.
  ISOLOSS_HD void relax_or_settle(double longest) {
    settled_ = damping_ <= 1e-3 || longest == 0 || relaxed_;
    relaxed_ = true;
    damping_ = std::fmin(damping_, 1e-3);
  }

  // So short a step is taken on trust: polish evaluates where it ends.
  ISOLOSS_HD void take_final(const double (&step)[P], double predicted) {
    for (int k = 0; k < P; ++k) theta_[k] += step[k];
    at_.value -= predicted;
    settled_ = true;
  }

  ISOLOSS_HD void try_step(const double (&step)[P], double predicted) {
    double trial[P];
    for (int k = 0; k < P; ++k) trial[k] = theta_[k] + step[k];
    Evaluation<P> there;
    look(trial, there);
    if (!(there.value < at_.value)) return damp(8, 1e-4);
    const double ratio = (at_.value - there.value) / predicted;
    damping_ *= ratio > 0.75 ? 0.1 : (ratio > 0.25 ? 0.5 : 3);
    relaxed_ = false;
    at_ = there;
    for (int k = 0; k < P; ++k) {
      theta_[k] = trial[k];
      falls_[k] = is_log_[k] && step[k] < -0.4 ? falls_[k] + 1 : 0;
    }
    for (int k = 0; k < P; ++k)
      if (falls_[k] >= 3) try_zero_weight(k);
  }

  ISOLOSS_HD void try_zero_weight(int k) {
    falls_[k] = 0;
    double zeroed[P];
    for (int l = 0; l < P; ++l) zeroed[l] = l == k ? bounds_[k].lower : theta_[l];
    Evaluation<P> there;
    look(zeroed, there);
    if (!(there.value <= at_.value)) return;
    theta_[k] = zeroed[k];
    at_ = there;
  }

  Evaluate& evaluate_;
  const Bounds (&bounds_)[P];
  const bool (&is_log_)[P];
  const MinimiseOptions options_;
  double theta_[P];
  Evaluation<P> at_;  // at theta_, for delta_
  double delta_;
  double damping_;
  int falls_[P] = {};  // steps in a row that a log parameter fell by about one
  int evaluations_ = 0;
  bool settled_ = false;
  bool relaxed_ = false;  // damping was lifted once without a step since
};

}  // namespace detail

// Minimises evaluate(delta, theta, Evaluation<P>&) from `start`.
//
//   start    P values; moved into the box first
//   bounds   P boxes
//   is_log   P flags: the parameter is the log of a weight, zero at its lower bound
//   returns  the lowest point met at the asked delta
//   cost     10 to 20 evaluations from a screened start, 30 to 60 from an arbitrary one
template <int P, class Evaluate>
ISOLOSS_HD Minimum<P> minimise(Evaluate&& evaluate, const double* start, const Bounds (&bounds)[P],
                               const bool (&is_log)[P], const MinimiseOptions& options) {
  return detail::NewtonSearch<P, std::remove_reference_t<Evaluate>>(evaluate, bounds, is_log,
                                                                    options)
      .run(start);
}

}  // namespace isoloss
