#include "host/fit/further_intervals.h"

#include <algorithm>

#include "fits/math.h"
#include "host/base/statistics.h"

namespace isoloss {
namespace {

bool is_asked(const FitResult& fit, IntervalMethod method) {
  const std::vector<IntervalMethod>& asked = fit.options.intervals;
  return std::find(asked.begin(), asked.end(), method) != asked.end();
}

bool needs_influence(const FitResult& fit) {
  return is_asked(fit, IntervalMethod::bca) || is_asked(fit, IntervalMethod::sandwich) ||
         is_asked(fit, IntervalMethod::wild);
}

// Where the ratio of the error to the standard error lies between two values.
Interval by_ratio(double value, double error, const Interval& ratio, bool is_log) {
  const auto end = [&](double times) {
    return is_log && value > 0 ? value * isoloss::exp(-times * error / value)
                               : value - times * error;
  };
  return {end(ratio.upper), end(ratio.lower)};
}

}  // namespace

FurtherIntervals::FurtherIntervals(const RunTable& runs, const Moved& moved,
                                   const PolishedFit& best, const Problem& problem,
                                   const Units& units, const FitOptions& searched,
                                   const FitResult& result)
    : confidence_(result.options.confidence) {
  if (is_asked(result, IntervalMethod::profile))
    profiles_ = ConstrainedProfiles::of(problem, units, searched, result);
  if (result.bootstrap.withheld) return;
  if (is_asked(result, IntervalMethod::jackknife))
    jackknife_ = UnitJackknife::of(moved, best, problem, units, searched, result);
  if (!needs_influence(result)) return;
  std::optional<UnitInfluence> influence = UnitInfluence::of(runs, result, units);
  if (!influence) return;
  influence_ = std::make_unique<const UnitInfluence>(std::move(*influence));
  if (is_asked(result, IntervalMethod::wild) && WildBootstrap::serves(*influence_))
    wild_ = std::make_unique<const WildBootstrap>(
        *influence_, result.options.seed,
        std::min(result.options.num_resamples, WildBootstrap::kMostDraws));
}

void FurtherIntervals::add(const std::function<double(const Theta&)>& quantity, bool is_log,
                           const std::vector<double>& draws, Estimate& estimate) const {
  if (jackknife_) estimate.jackknife = jackknife_->interval(quantity, is_log, confidence_);
  if (profiles_ && !estimate.constrained_profile)
    estimate.constrained_profile = profiles_->interval(quantity, is_log);
  if (!influence_) return;
  if (const auto own = influence_->on(quantity)) add_by_influence(*own, is_log, draws, estimate);
}

void FurtherIntervals::add_by_influence(const QuantityInfluence& own, bool is_log,
                                        const std::vector<double>& draws,
                                        Estimate& estimate) const {
  estimate.bca = bca_interval(draws, estimate.value, own.acceleration, confidence_);
  if (!own.standard_error) return;
  const double t = student_t(confidence_, influence_->degrees_of_freedom());
  estimate.sandwich = interval_around(estimate.value, t * *own.standard_error, is_log);
  if (!wild_) return;
  if (const auto ratio = wild_->quantiles(own, confidence_))
    estimate.wild = by_ratio(estimate.value, *own.standard_error, *ratio, is_log);
}

}  // namespace isoloss
