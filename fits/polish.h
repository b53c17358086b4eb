// From a candidate to the fit: undamped Newton steps to the rounding of double, and the proof.
//
// A candidate is first snapped to a coarse grid, so that candidates that differ in their last
// digits (another backend, another start) end in the same digits; not where delta is as small as
// the grid.

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

  ISOLOSS_HD bool proved() const { return gradient_is_zero && positive_definite; }
};

namespace detail {

inline constexpr double kSnapGrid = 0x1p-20;
// Newton's method has nothing left to give below this scaled gradient.
inline constexpr double kPolishedGradient = 1e-14;
// Mean share of L_hat below which a term has vanished.
inline constexpr double kVanishedShare = 1e-9;
// No loss is known to more digits, relative; taking a term away may cost this much in log L.
inline constexpr double kLossPrecision = 1e-12;

ISOLOSS_HD inline double snapped(double theta, const Bounds& bounds) {
  if (theta <= bounds.lower || theta >= bounds.upper) return theta;
  // A power of two near theta, where its size means nothing, or near the width of a narrow box.
  const double width = bounds.upper - bounds.lower;
  const double size = is_wide(bounds) && theta != 0 ? std::fabs(theta) : std::fmin(1, width);
  const double unit = size == 1 ? 1 : power_of_two(kRoundToInt + exponent_of(size));
  const double nearest = std::nearbyint(theta / (unit * kSnapGrid)) * (unit * kSnapGrid);
  return std::fmin(std::fmax(nearest, bounds.lower), bounds.upper);
}

// Reads the proof off an evaluation with scales; `newton` is room to work in.
template <int P>
ISOLOSS_HD void prove(const double* theta, const Evaluation<P>& at, const Bounds* bounds,
                      NewtonStep<P>& newton, Polished<P>& out) {
  newton.find_free(theta, at, bounds);
  out.value = at.value;
  out.scaled_gradient = 0;
  out.gradient_is_zero = true;
  for (int k = 0; k < P; ++k) {
    out.theta[k] = theta[k];
    out.at_bound[k] = theta[k] <= bounds[k].lower || theta[k] >= bounds[k].upper;
    out.vanished[k] = at.reach[k] < kVanishedShare * at.weight;
    const bool zero = gradient_is_zero(at.grad[k], at.grad_scale[k], at.reach[k]);
    if (out.at_bound[k] && zero) newton.is_free[k] = false;
    if (!newton.is_free[k]) continue;
    const double size = std::fabs(at.grad[k]);
    if (size > 0) out.scaled_gradient = std::fmax(out.scaled_gradient, size / at.grad_scale[k]);
    out.gradient_is_zero &= zero;
  }
  for (int k = 0; k < P; ++k) newton.step[k] = 0;
  out.positive_definite = newton.solve(at, 0);
  for (int k = 0; k < P; ++k)
    if (newton.is_free[k] && !(at.hess[packed(k, k)] > 0)) out.positive_definite = false;
}

template <int P>
ISOLOSS_HD bool improves(const Polished<P>& here, const Polished<P>& best) {
  const bool lower = here.value < best.value && !no_higher(best.value, here.value);
  return lower ||
         (here.scaled_gradient < best.scaled_gradient && no_higher(here.value, best.value));
}

// A log parameter without effect on any run, the weight of a term that has vanished.
template <int P>
ISOLOSS_HD bool is_vanished(const Polished<P>& fit, const ParamBox<P>& box, int k) {
  return box.is_log[k] && fit.vanished[k] && !fit.at_bound[k];
}

template <int P>
ISOLOSS_HD bool has_vanished(const Polished<P>& fit, const ParamBox<P>& box) {
  for (int k = 0; k < P; ++k)
    if (is_vanished(fit, box, k)) return true;
  return false;
}

}  // namespace detail

// Newton steps for as long as they improve; asks and is told like NewtonSearch. The proof waits for
// the second step, which squares the error away.
template <int P>
class NewtonTail {
 public:
  // start: P values inside the box; box must outlive the tail.
  ISOLOSS_HD void begin(const double* start, const ParamBox<P>& box) {
    box_ = &box;
    rounds_ = 0;
    for (int k = 0; k < P; ++k) start_[k] = point_[k] = start[k];
    stage_ = Stage::first;
  }

  ISOLOSS_HD bool done() const { return stage_ == Stage::done; }
  ISOLOSS_HD const double* point() const { return point_; }
  ISOLOSS_HD Evaluation<P>& slot() { return at_; }
  // Whether the evaluation must fill grad_scale, reach and weight.
  ISOLOSS_HD bool wants_scale() const { return stage_ >= Stage::proof; }

  // Proof and step stand here once, not in each stage: they are most of a kernel's code.
  ISOLOSS_HD void take() {
    if (stage_ == Stage::first) start_value_ = at_.value;
    if (wants_scale()) {
      prove_into(stage_ == Stage::round ? here_ : best_);
      if (!goes_on()) return;
    }
    const bool moved = move();
    switch (stage_) {
      case Stage::first:
        if (!moved) return ask_start_proof();
        stage_ = Stage::second;
        return;
      case Stage::second:
        stage_ = Stage::proof;
        return;
      default:
        stage_ = moved ? Stage::round : Stage::done;
    }
  }

  // The best point met, once done.
  ISOLOSS_HD const Polished<P>& best() const { return best_; }

 private:
  enum class Stage { first, second, proof, round, start_proof, done };
  static constexpr int kMostRounds = 12;

  ISOLOSS_HD void prove_into(Polished<P>& out) {
    detail::prove<P>(point_, at_, box_->bounds, newton_, out);
  }
  ISOLOSS_HD bool move() {
    if (!newton_.take(at_, point_, box_->bounds, 0)) return false;
    for (int k = 0; k < P; ++k) point_[k] += newton_.step[k];
    return true;
  }
  ISOLOSS_HD void ask_start_proof() {
    for (int k = 0; k < P; ++k) point_[k] = start_[k];
    stage_ = Stage::start_proof;
  }

  // Whether a proof calls for another step; if not, the stage that follows is set.
  ISOLOSS_HD bool goes_on() {
    if (stage_ == Stage::proof && !no_higher(best_.value, start_value_)) {
      ask_start_proof();
      return false;
    }
    const bool improved =
        stage_ == Stage::proof || (stage_ == Stage::round && detail::improves<P>(here_, best_));
    if (improved && stage_ == Stage::round) best_ = here_;
    if (improved && rounds_++ != kMostRounds &&
        !(best_.scaled_gradient < detail::kPolishedGradient))
      return true;
    stage_ = Stage::done;
    return false;
  }

  const ParamBox<P>* box_;
  double start_[P];
  double start_value_;
  double point_[P];
  Evaluation<P> at_;
  NewtonStep<P> newton_;
  Polished<P> best_;
  Polished<P> here_;
  int rounds_;
  Stage stage_;
};

namespace detail {

template <int P, class Evaluate>
Polished<P> newton_tail(Evaluate& evaluate, double delta, const double* start,
                        const ParamBox<P>& box) {
  NewtonTail<P> tail;
  tail.begin(start, box);
  while (!tail.done()) {
    if (tail.wants_scale()) {
      evaluate.with_scale(delta, tail.point(), tail.slot());
    } else {
      evaluate(delta, tail.point(), tail.slot());
    }
    tail.take();
  }
  return tail.best();
}

// A vanished weight goes to its lower bound, which stands for zero: "E = 0", not "E = 7e-14". What
// then has no effect, the exponent of that term, stays where it is.
template <int P, class Evaluate>
Polished<P> zero_vanished(Evaluate& evaluate, double delta, const Polished<P>& fit,
                          const ParamBox<P>& box) {
  if (!has_vanished(fit, box)) return fit;
  double theta[P];
  ParamBox<P> narrowed = box;
  for (int k = 0; k < P; ++k)
    theta[k] = is_vanished(fit, box, k) ? box.bounds[k].lower : fit.theta[k];
  Evaluation<P> at;
  evaluate.with_scale(delta, theta, at);
  for (int k = 0; k < P; ++k)
    if (at.reach[k] < kVanishedShare * at.weight) narrowed.bounds[k] = {theta[k], theta[k]};
  const Polished<P> zeroed = newton_tail<P>(evaluate, delta, theta, narrowed);
  const double allowed = 0.5 * at.weight * kLossPrecision * kLossPrecision;
  return no_higher(zeroed.value, fit.value + allowed) ? zeroed : fit;
}

}  // namespace detail

// Polishes `candidate` (P values) for a Huber delta (infinity: squared residuals).
//
//   evaluate  as for minimise; evaluate.with_scale also fills grad_scale, reach and weight
//   cost      about 3 evaluations from a settled candidate; up to max_evaluations more otherwise
//   returns   the best point met; where kinks leave no curvature, Newton's method is of no more use
template <int P, class Evaluate>
Polished<P> polish(Evaluate&& evaluate, const double* candidate, const ParamBox<P>& box,
                   double delta) {
  const auto polish_from = [&](const double* theta) {
    const Polished<P> tail = detail::newton_tail<P>(evaluate, delta, theta, box);
    return detail::zero_vanished<P>(evaluate, delta, tail, box);
  };
  double theta[P];
  for (int k = 0; k < P; ++k)
    theta[k] =
        delta < kLeastSearchedDelta ? candidate[k] : detail::snapped(candidate[k], box.bounds[k]);
  const Polished<P> best = polish_from(theta);
  if (best.proved() || (std::isfinite(delta) && !best.positive_definite)) return best;
  MinimiseOptions options;
  options.delta = delta;
  options.first_delta = delta;
  const Minimum<P> again = minimise<P>(evaluate, best.theta, box, options);
  const Polished<P> second = polish_from(again.theta);
  const bool better =
      second.gradient_is_zero >= best.gradient_is_zero && no_higher(second.value, best.value);
  return better || second.value < best.value ? second : best;
}

}  // namespace isoloss
