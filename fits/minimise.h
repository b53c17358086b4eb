// A damped Newton minimiser of fixed size: no allocation, no exceptions; the same code on a CPU and
// in a CUDA thread.
//
// Levenberg-Marquardt damping on the exact Hessian, scaled by its diagonal. The search may start at
// a larger Huber delta (infinity: least squares) and tighten it as the predicted decrease falls
// (graduated non-convexity; Blake & Zisserman 1987), which is what makes arbitrary starts converge.
// Parameters live in a box; one at its bound whose gradient points outwards is held there. A log
// parameter that keeps falling is tried at its lower bound, where its weight is zero: the valley
// towards log weight = -infinity would take a step per unit otherwise.
//
// The search asks and is told: it names a point, whoever drives it evaluates the objective there,
// by one thread with vectors or by several threads together, and hands the evaluation back.

#pragma once

#include <cmath>

#include "fits/law.h"
#include "fits/newton_step.h"

namespace isoloss {

struct MinimiseOptions {
  double delta = 1e-3;        // Huber's delta of the objective asked for
  double first_delta = 1e-3;  // >= delta: where the schedule starts; infinity is least squares
  double delta_factor = 0.3;  // the schedule's ratio
  double ready_share = 3e-2;  // delta shrinks when the predicted decrease is below this share of f
  int max_evaluations = 400;
  double first_damping = 1e-2;
  double final_step = 1e-4;  // a step whose longest entry is below this ends the search
  // Whether the value at the end is evaluated, not the model's: where ends are compared.
  bool evaluates_end = false;
};

template <int P>
struct Minimum {
  double theta[P];
  double value;  // objective at theta, by the model of the last step unless options say otherwise;
                 // +infinity if it was not finite at the start
  int evaluations;  // passes over the runs
};

// One search. Between begin() and done(), evaluate the objective for delta() at point() into
// slot(), then take().
template <int P>
class NewtonSearch {
 public:
  // start: num_given values, the others are 0; moved into the box first. box and options must
  // outlive the search.
  ISOLOSS_HD void begin(const double* start, const ParamBox<P>& box, const MinimiseOptions& options,
                        int num_given = P) {
    box_ = &box;
    options_ = &options;
    delta_ = options.first_delta;
    damping_ = options.first_damping;
    evaluations_ = passes_ = current_ = 0;
    settled_ = relaxed_ = false;
    for (int k = 0; k < P; ++k) {
      falls_[k] = 0;
      const double given = k < num_given ? start[k] : 0;
      theta_[k] = std::fmin(std::fmax(given, box.bounds[k].lower), box.bounds[k].upper);
    }
    ask(Stage::start);
  }

  ISOLOSS_HD bool done() const { return stage_ == Stage::done; }
  ISOLOSS_HD double delta() const { return delta_; }
  ISOLOSS_HD const double* point() const { return point_; }
  // Of a value above it the search needs no more than that it is: a trial that is not taken.
  ISOLOSS_HD double ceiling() const {
    const bool may_fail = stage_ == Stage::trial || stage_ == Stage::zero_weight;
    return may_fail ? evaluation_[current_].value : INFINITY;
  }
  // Where the evaluation at point() for delta() belongs.
  ISOLOSS_HD Evaluation<P>& slot() { return evaluation_[1 - current_]; }

  // Takes in slot() and moves on to the next point, or to the end.
  ISOLOSS_HD void take() {
    ++evaluations_;
    if (stage_ == Stage::last) {
      if (no_higher(slot().value, at().value)) {
        adopt_point();
        adopt_slot();
      }
      return end(at().value);
    }
    if (stage_ == Stage::start || stage_ == Stage::tightened) {
      adopt_slot();
      if (stage_ == Stage::start && !std::isfinite(at().value)) return end(INFINITY);
    } else if (stage_ == Stage::trial) {
      judge_trial();
    } else if (slot().value <= at().value) {  // a weight tried at zero
      adopt_point();
      adopt_slot();
    }
    if (stage_ == Stage::zero_weight && ask_zero_weight()) return;
    advance();
  }

  ISOLOSS_HD Minimum<P> result() const {
    Minimum<P> out;
    for (int k = 0; k < P; ++k) out.theta[k] = theta_[k];
    out.value = value_;
    out.evaluations = evaluations_;
    return out;
  }
  ISOLOSS_HD const double* theta() const { return theta_; }
  ISOLOSS_HD double value() const { return value_; }
  ISOLOSS_HD int evaluations() const { return evaluations_; }

 private:
  enum class Stage { start, tightened, trial, zero_weight, last, done };
  // Largest schedule entry below least squares, in units of the asked delta: not of the residuals,
  // which one outlier may make large.
  static constexpr double kFirstFiniteDelta = 30;
  // A log parameter that fell by this much, this often in a row, is tried at zero.
  static constexpr double kFall = -0.4;
  static constexpr int kFalls = 3;

  ISOLOSS_HD Evaluation<P>& at() { return evaluation_[current_]; }
  ISOLOSS_HD void adopt_slot() { current_ = 1 - current_; }
  ISOLOSS_HD void adopt_point() {
    for (int k = 0; k < P; ++k) theta_[k] = point_[k];
  }

  // Asks for the objective at theta_.
  ISOLOSS_HD void ask(Stage stage) {
    for (int k = 0; k < P; ++k) point_[k] = theta_[k];
    stage_ = stage;
  }

  ISOLOSS_HD void end(double value) {
    value_ = value;
    stage_ = Stage::done;
  }

  // Solves for steps until one calls for an evaluation or ends the search.
  ISOLOSS_HD void advance() {
    for (; passes_ < 2 * options_->max_evaluations && !settled_; ++passes_) {
      if (evaluations_ >= options_->max_evaluations) break;
      if (solve_and_ask()) {
        ++passes_;
        return;
      }
    }
    end(at().value);
  }

  // Does what the next step calls for: damp, tighten delta, stop, or try it. True if it asks.
  ISOLOSS_HD bool solve_and_ask() {
    if (!newton_.take(at(), theta_, box_->bounds, damping_)) return damp(10, 1e-3);
    const double longest = newton_.longest_entry(theta_, box_->bounds);
    predicted_ = newton_.predicted_decrease(at());
    if (predicted_ < 0 && longest > 0) return damp(8, 1e-4);
    if (delta_ > options_->delta &&
        ready_for_smaller_delta(predicted_, at().value, options_->ready_share)) {
      delta_ = next_delta();
      ask(Stage::tightened);
      return true;
    }
    if (decrease_is_rounding(predicted_, at().value)) return relax_or_settle(longest);
    if (delta_ == options_->delta && damping_ <= 1e-3 &&
        step_is_final(longest, options_->final_step))
      return take_final();
    for (int k = 0; k < P; ++k) point_[k] = theta_[k] + newton_.step[k];
    stage_ = Stage::trial;
    return true;
  }

  ISOLOSS_HD double next_delta() const {
    const double next =
        std::isinf(delta_) ? kFirstFiniteDelta * options_->delta : options_->delta_factor * delta_;
    return next > options_->delta ? next : options_->delta;
  }

  ISOLOSS_HD bool damp(double factor, double least) {
    damping_ = std::fmax(factor * damping_, least);
    settled_ = damping_ > 1e12;
    return false;
  }

  // Strong damping, not the minimum, may be what made the decrease so small.
  ISOLOSS_HD bool relax_or_settle(double longest) {
    settled_ = damping_ <= 1e-3 || longest == 0 || relaxed_;
    relaxed_ = true;
    damping_ = std::fmin(damping_, 1e-3);
    return false;
  }

  // So short a step is taken on trust: polish evaluates where it ends, unless ends are compared.
  ISOLOSS_HD bool take_final() {
    if (options_->evaluates_end) {
      for (int k = 0; k < P; ++k) point_[k] = theta_[k] + newton_.step[k];
      stage_ = Stage::last;
      return true;
    }
    for (int k = 0; k < P; ++k) theta_[k] += newton_.step[k];
    at().value = std::fmax(at().value - predicted_, 0);  // of an exact fit, rounding takes it below
    settled_ = true;
    return false;
  }

  ISOLOSS_HD void judge_trial() {
    if (!(slot().value < at().value)) {
      damp(8, 1e-4);
      return;
    }
    const double ratio = (at().value - slot().value) / predicted_;
    damping_ *= ratio > 0.75 ? 0.1 : (ratio > 0.25 ? 0.5 : 3);
    relaxed_ = false;
    adopt_slot();
    adopt_point();
    for (int k = 0; k < P; ++k)
      falls_[k] = box_->is_log[k] && newton_.step[k] < kFall ? falls_[k] + 1 : 0;
    zeroed_ = 0;
    stage_ = Stage::zero_weight;
  }

  // Asks for the next log parameter that keeps falling at its lower bound. False if none is left.
  ISOLOSS_HD bool ask_zero_weight() {
    while (zeroed_ < P && falls_[zeroed_] < kFalls) ++zeroed_;
    if (zeroed_ == P) return false;
    falls_[zeroed_] = 0;
    ask(Stage::zero_weight);
    point_[zeroed_] = box_->bounds[zeroed_].lower;
    return true;
  }

  const ParamBox<P>* box_;
  const MinimiseOptions* options_;
  double theta_[P];              // the best point so far
  double point_[P];              // the one asked for
  Evaluation<P> evaluation_[2];  // [current_] at theta_ for delta_, the other at point_
  NewtonStep<P> newton_;
  double delta_;
  double damping_;
  double predicted_;  // decrease that the step promises
  double value_;      // the result's
  int falls_[P];      // steps in a row that a log parameter fell by about one
  int zeroed_;        // the log parameter that is tried at zero
  int current_;
  int evaluations_;
  int passes_;  // steps solved for
  Stage stage_;
  bool settled_;
  bool relaxed_;  // damping was lifted once without a step since
};

// Minimises evaluate(delta, theta, Evaluation<P>&) from `start`. Where there is
// evaluate.below(ceiling, delta, theta, Evaluation<P>&), which may leave the derivatives of a value
// above the ceiling out, that.
//
//   start    P values; moved into the box first
//   returns  the lowest point met at the asked delta
//   cost     10 to 20 evaluations from a screened start, 30 to 60 from an arbitrary one
template <int P, class Evaluate>
Minimum<P> minimise(Evaluate&& evaluate, const double* start, const ParamBox<P>& box,
                    const MinimiseOptions& options) {
  NewtonSearch<P> search;
  search.begin(start, box, options);
  while (!search.done()) {
    if constexpr (requires { evaluate.below(0.0, 0.0, start, search.slot()); }) {
      evaluate.below(search.ceiling(), search.delta(), search.point(), search.slot());
    } else {
      evaluate(search.delta(), search.point(), search.slot());
    }
    search.take();
  }
  return search.result();
}

}  // namespace isoloss
