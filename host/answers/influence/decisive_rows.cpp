#include "host/answers/influence/decisive_rows.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <utility>
#include <vector>

#include "fits/math.h"
#include "fits/random.h"
#include "host/answers/influence/influence.h"
#include "host/answers/influence/influence_warning.h"
#include "host/base/error.h"
#include "host/base/statistics.h"
#include "host/fit/refitter.h"

namespace isoloss {
namespace {

constexpr std::size_t kDrawsLooked = 1000;
constexpr std::size_t kFewestDraws = 400;  // of which a third lack a unit: an interval's worth
constexpr int kResamplesOfRest = 1000;
// Where one unit decides, a third of all draws lack it, so that their interval reaches as far as
// the rest: the draws without it then lie at least half way to its end.
constexpr double kSuspicious = 0.4;
constexpr std::size_t kMostRefitted = 5;

// One number of the fit, and of its first draws; NaN where a draw has none.
struct Traced {
  double own = 0;
  std::vector<double> draws;
};

Traced traced_param(const FitResult& fit, int k, std::size_t num) {
  Traced out{fit.theta[static_cast<std::size_t>(k)], {}};
  for (std::size_t r = 0; r < num; ++r)
    out.draws.push_back(fit.draw_degenerate[r] ? NAN : fit.draws.at(r, k));
  return out;
}

// The log of the best model's size at the first budget.
Traced traced_size(const FitResult& fit, std::size_t num) {
  const double log_ND = isoloss::log(fit.optima.front().C / fit.options.flops_per_token_param);
  Traced out{isoloss::log(fit.optima.front().N.value), {}};
  for (std::size_t r = 0; r < num; ++r) {
    const OptimalPoint best = fit.law->optimum(fit.draws[r].data(), log_ND);
    out.draws.push_back(best.interior && !fit.draw_degenerate[r] ? best.log_N : NAN);
  }
  return out;
}

std::vector<Traced> traced(const FitResult& fit) {
  const std::size_t num = std::min(kDrawsLooked, fit.draws.size());
  std::vector<Traced> out;
  for (int k = 0; k < fit.law->num_params(); ++k)
    if (!fit.params[static_cast<std::size_t>(k)].fixed) out.push_back(traced_param(fit, k, num));
  if (!fit.optima.empty() && fit.optima.front().interior) out.push_back(traced_size(fit, num));
  return out;
}

// The draws that lack each unit.
std::vector<std::vector<std::size_t>> draws_without(const Units& units, std::uint64_t seed,
                                                    std::size_t num) {
  std::vector<std::vector<std::size_t>> out(static_cast<std::size_t>(units.num_units));
  std::vector<std::uint16_t> counts(out.size());
  for (std::size_t r = 0; r < num; ++r) {
    resample_counts(seed, r, static_cast<std::uint32_t>(units.num_units), counts.data(),
                    units.strata_or_null());
    for (std::size_t unit = 0; unit < out.size(); ++unit)
      if (counts[unit] == 0) out[unit].push_back(r);
  }
  return out;
}

std::vector<double> finite_of(const std::vector<double>& draws,
                              const std::vector<std::size_t>& places) {
  std::vector<double> out;
  for (const std::size_t r : places) out.push_back(draws[r]);
  return finite_values(std::move(out));
}

// How far the draws without a unit lie from the estimate, over the way to the end of the interval
// of all on that side.
double shift_of(const Traced& own, const Interval& interval, const std::vector<double>& without) {
  const double change = mean(without) - own.own;
  const double room = change > 0 ? interval.upper - own.own : own.own - interval.lower;
  return std::fabs(change) / std::fmax(room, 0);
}

// Whether the estimate of all lies outside the interval of the draws without the unit.
bool disagrees(const Traced& own, std::vector<double> without, double confidence) {
  const Interval rest = percentile_interval(std::move(without), confidence);
  return own.own < rest.lower || own.own > rest.upper;
}

// How far the unit moves what it moves most; nothing where the rest agrees with all.
std::optional<double> suspicion_of(const std::vector<Traced>& quantities,
                                   const std::vector<Interval>& intervals,
                                   const std::vector<std::size_t>& without, double confidence) {
  std::optional<double> out;
  for (std::size_t q = 0; q < quantities.size(); ++q) {
    std::vector<double> draws = finite_of(quantities[q].draws, without);
    if (draws.size() < 2) continue;
    const double shift = shift_of(quantities[q], intervals[q], draws);
    if (!(shift > kSuspicious) || !disagrees(quantities[q], std::move(draws), confidence)) continue;
    out = std::fmax(out.value_or(0), shift);
  }
  return out;
}

// Units that the draws make look decisive, the most so first.
std::vector<std::uint32_t> suspicious_units(const FitResult& fit, const Units& units) {
  const std::vector<Traced> quantities = traced(fit);
  std::vector<Interval> intervals;
  for (const Traced& own : quantities) {
    std::vector<double> draws = finite_values(own.draws);
    if (draws.size() < 2) return {};
    intervals.push_back(percentile_interval(std::move(draws), fit.options.confidence));
  }
  const auto without =
      draws_without(units, fit.options.seed, std::min(kDrawsLooked, fit.draws.size()));
  std::vector<std::pair<double, std::uint32_t>> found;
  for (std::size_t unit = 0; unit < without.size(); ++unit)
    if (const auto own = suspicion_of(quantities, intervals, without[unit], fit.options.confidence))
      found.emplace_back(-*own, static_cast<std::uint32_t>(unit));
  std::sort(found.begin(), found.end());
  std::vector<std::uint32_t> out;
  for (const auto& [shift, unit] : found)
    if (out.size() < kMostRefitted) out.push_back(unit);
  return out;
}

std::vector<RowGroup> groups_of_units(const FittedRuns& made, const Units& units,
                                      const std::vector<std::uint32_t>& asked) {
  std::vector<RowGroup> out;
  for (RowGroup& group : row_groups(made, {units.by_run ? LeaveOut::run : LeaveOut::row}))
    if (std::find(asked.begin(), asked.end(), units.of_row[group.rows.front()]) != asked.end())
      out.push_back(std::move(group));
  return out;
}

}  // namespace

std::optional<Warning> decisive_rows(const FittedRuns& made, std::shared_ptr<const LawEntry> law,
                                     const FitOptions& options) {
  const FitResult& fit = made.fit;
  if (fit.draws.size() < kFewestDraws || fit.bootstrap.withheld ||
      fit.status == Status::not_identifiable)
    return std::nullopt;
  const Units units = units_of(made.runs, options.group_by_run);
  if (units.num_units > Units::kMostOneByOne) return std::nullopt;
  const std::vector<std::uint32_t> suspicious = suspicious_units(fit, units);
  if (suspicious.empty()) return std::nullopt;
  FitOptions of_rest = options;
  of_rest.shards = {};
  of_rest.num_resamples = std::min(options.num_resamples, kResamplesOfRest);
  const std::shared_ptr<const FittedRuns> borrowed(std::shared_ptr<void>(), &made);
  try {
    return decisive_runs(without_groups(borrowed, std::move(law),
                                        groups_of_units(made, units, suspicious), of_rest));
  } catch (const InputError&) {
    return std::nullopt;  // of a rest, while the fit to all stands
  }
}

}  // namespace isoloss
