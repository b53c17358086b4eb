#include "host/answers/race/pair_race.h"

#include <algorithm>
#include <cmath>

#include "fits/math.h"
#include "host/answers/race/crossing.h"
#include "host/base/statistics.h"

namespace isoloss {
namespace {

constexpr double kMostPlaces = 400;

struct Pair {
  const FittedCurve& smaller;
  const FittedCurve& larger;
  Budget by;
  const RaceOptions& options;
};

// The gap at all places: of the estimate, then of each resample.
class Gaps {
 public:
  Gaps(const Pair& pair, std::vector<double> places) : places_(std::move(places)) {
    for (const double place : places_) {
      smaller_tokens_.push_back(pair.smaller.curve.log_tokens_for(pair.by, place));
      larger_tokens_.push_back(pair.larger.curve.log_tokens_for(pair.by, place));
    }
    estimate_ = between(pair.smaller.smooth, pair.larger.smooth);
    for (std::size_t r = 0; r < pair.smaller.smooth_draws.size(); ++r)
      draws_.push_back(between(pair.smaller.smooth_draws[r], pair.larger.smooth_draws[r]));
  }

  const std::vector<double>& places() const { return places_; }
  const std::vector<double>& estimate() const { return estimate_; }
  const std::vector<std::vector<double>>& draws() const { return draws_; }

  Estimate at(std::size_t place, double confidence) const {
    Estimate out{estimate_[place], {}, {}};
    std::vector<double> values;
    for (const std::vector<double>& draw : draws_) values.push_back(draw[place]);
    add_intervals(out, values, confidence);
    return out;
  }

 private:
  std::vector<double> between(const SampledCurve& smaller, const SampledCurve& larger) const {
    std::vector<double> out;
    for (std::size_t i = 0; i < places_.size(); ++i)
      out.push_back(smaller.at(smaller_tokens_[i]) - larger.at(larger_tokens_[i]));
    return out;
  }

  std::vector<double> places_, smaller_tokens_, larger_tokens_;
  std::vector<double> estimate_;
  std::vector<std::vector<double>> draws_;
};

// From logs of budgets, NaN where there is no crossing.
CrossingEstimate crossing_estimate(double log_estimate, const std::vector<double>& log_draws,
                                   double confidence) {
  CrossingEstimate out;
  std::vector<double> crossing;
  for (const double draw : log_draws)
    if (std::isfinite(draw)) crossing.push_back(exp(draw));
  if (!log_draws.empty())
    out.share = static_cast<double>(crossing.size()) / static_cast<double>(log_draws.size());
  if (!std::isfinite(log_estimate)) return out;
  out.budget = Estimate{exp(log_estimate), {}, {}};
  add_intervals(*out.budget, crossing, confidence);
  return out;
}

void add_measured_crossings(const Gaps& gaps, const RaceOptions& options, PairRace& out) {
  const Crossings own = crossings_of(gaps.places(), gaps.estimate());
  std::vector<double> last;
  for (const std::vector<double>& draw : gaps.draws())
    last.push_back(crossings_of(gaps.places(), draw).last);
  out.num_crossings = own.num;
  out.last_crossing = crossing_estimate(own.last, last, options.confidence);
}

Late late_of(const Estimate& gap) {
  if (!gap.interval) return Late::open;
  if (gap.interval->upper < 0) return Late::smaller;
  return gap.interval->lower > 0 ? Late::larger : Late::open;
}

// Goes back from the end as long as the verdict there is the same.
void add_late(const Gaps& gaps, const RaceOptions& options, PairRace& out) {
  std::size_t since = gaps.places().size() - 1;
  out.late = late_of(gaps.at(since, options.confidence));
  out.late_since = out.to;
  for (; since > 0; --since) {
    out.before = late_of(gaps.at(since - 1, options.confidence));
    if (out.before != out.late) return;
    out.late_since = since == 1 ? out.from : exp(gaps.places()[since - 1]);
  }
}

double law_gap(const Pair& pair, const TokenLaw& smaller, const TokenLaw& larger,
               double log_budget) {
  return smaller.loss(pair.smaller.curve.log_tokens_for(pair.by, log_budget)) -
         larger.loss(pair.larger.curve.log_tokens_for(pair.by, log_budget));
}

double law_crossing(const Pair& pair, const TokenLaw& smaller, const TokenLaw& larger,
                    double log_to) {
  const auto gap = [&](double at) { return law_gap(pair, smaller, larger, at); };
  return first_crossing(gap, log_to, log_to + log(kHorizon));
}

void add_law_crossing(const Pair& pair, double log_to, PairRace& out) {
  std::vector<double> draws;
  for (std::size_t r = 0; r < pair.smaller.law_draws.size(); ++r)
    draws.push_back(
        law_crossing(pair, pair.smaller.law_draws[r], pair.larger.law_draws[r], log_to));
  out.law_gap = law_gap(pair, pair.smaller.law, pair.larger.law, log_to);
  out.law_crossing =
      crossing_estimate(law_crossing(pair, pair.smaller.law, pair.larger.law, log_to), draws,
                        pair.options.confidence);
}

void add_gaps(const Pair& pair, const std::vector<double>& budgets, PairRace& out) {
  const auto gap = [&](double budget) {
    return Gap{budget, smooth_gap(pair.smaller, pair.larger, pair.by, budget, pair.options)};
  };
  out.half = gap(std::max(out.from, 0.5 * out.to));
  out.end = gap(out.to);
  for (const double budget : budgets)
    if (budget >= out.from && budget <= out.to) out.gaps.push_back(gap(budget));
}

std::vector<double> places_of(double log_from, double log_to, double half_width) {
  const double step = std::max(half_width / kPlacesAWidth, (log_to - log_from) / kMostPlaces);
  return even_places(log_from, log_to, step);
}

}  // namespace

const char* late_name(Late late) {
  static constexpr const char* kNames[] = {"smaller", "larger", "open"};
  return kNames[static_cast<int>(late)];
}

std::optional<Interval> common_budgets(const Curve& a, const Curve& b, Budget by) {
  const double from = std::max(a.log_spent(by).front(), b.log_spent(by).front());
  const double to = std::min(a.log_spent(by).back(), b.log_spent(by).back());
  if (!(from < to)) return std::nullopt;
  return Interval{exp(from), exp(to)};
}

PairRace race_pair(const std::vector<FittedCurve>& curves, std::size_t smaller, std::size_t larger,
                   Budget by, const std::vector<double>& budgets, const RaceOptions& options) {
  const Pair pair{curves[smaller], curves[larger], by, options};
  PairRace out;
  out.smaller = smaller;
  out.larger = larger;
  const Interval common = common_budgets(pair.smaller.curve, pair.larger.curve, by).value();
  out.from = common.lower;
  out.to = common.upper;
  const double log_from = log(out.from), log_to = log(out.to);
  out.smaller_tokens = exp(pair.smaller.curve.log_tokens_for(by, log_to));
  out.larger_tokens = exp(pair.larger.curve.log_tokens_for(by, log_to));
  const Gaps gaps(pair, places_of(log_from, log_to, options.half_width));
  add_measured_crossings(gaps, options, out);
  add_late(gaps, options, out);
  add_gaps(pair, budgets, out);
  add_law_crossing(pair, log_to, out);
  return out;
}

Estimate smooth_loss(const FittedCurve& curve, Budget by, double budget,
                     const RaceOptions& options) {
  const double log_tokens = curve.curve.log_tokens_for(by, log(budget));
  Estimate out{curve.smooth.at(log_tokens), {}, {}};
  std::vector<double> draws;
  for (const SampledCurve& draw : curve.smooth_draws) draws.push_back(draw.at(log_tokens));
  add_intervals(out, draws, options.confidence);
  return out;
}

Estimate smooth_gap(const FittedCurve& a, const FittedCurve& b, Budget by, double budget,
                    const RaceOptions& options) {
  const double a_tokens = a.curve.log_tokens_for(by, log(budget));
  const double b_tokens = b.curve.log_tokens_for(by, log(budget));
  Estimate out{a.smooth.at(a_tokens) - b.smooth.at(b_tokens), {}, {}};
  std::vector<double> draws;
  for (std::size_t r = 0; r < a.smooth_draws.size(); ++r)
    draws.push_back(a.smooth_draws[r].at(a_tokens) - b.smooth_draws[r].at(b_tokens));
  add_intervals(out, draws, options.confidence);
  return out;
}

}  // namespace isoloss
