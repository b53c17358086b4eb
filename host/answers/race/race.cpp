#include "host/answers/race/race.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include "fits/math.h"
#include "host/base/error.h"
#include "host/base/text.h"
#include "host/base/threads.h"
#include "host/base/warnings.h"

namespace isoloss {
namespace {

using NumberPair = std::pair<std::size_t, std::size_t>;

std::vector<Budget> budgets_raced(const std::vector<Curve>& curves, const RaceOptions& options) {
  if (options.by.empty()) {
    std::vector<Budget> known;
    for (const Budget by : kBudgets)
      if (curves.front().knows(by)) known.push_back(by);
    return known;
  }
  for (const Budget by : options.by)
    if (!curves.front().knows(by))
      throw InputError("", 0, "", fmt::format("``by`` {}: it is not known", budget_name(by)),
                       "name its column with ``time``, or give ``tokens-per-second``");
  return options.by;
}

// Pairs of different sizes: all, or each size with the next.
std::vector<NumberPair> pairs_of(const std::vector<Curve>& curves, bool neighbours_only) {
  std::vector<NumberPair> out;
  for (std::size_t a = 0; a < curves.size(); ++a) {
    double next_size = 0;
    for (std::size_t b = a + 1; b < curves.size(); ++b) {
      if (curves[b].params == curves[a].params) continue;
      if (next_size == 0) next_size = curves[b].params;
      if (!neighbours_only || curves[b].params == next_size) out.emplace_back(a, b);
    }
  }
  if (out.empty())
    throw InputError("", 0, "", "all curves are of one size", "a race needs two sizes");
  return out;
}

// x with two significant digits, by `to_whole`.
template <class ToWhole>
double two_digits(double x, ToWhole to_whole) {
  const double unit = std::pow(10.0, std::floor(std::log10(x)) - 1);
  return to_whole(x / unit) * unit;
}

// Budgets at equal ratios, rounded, over all that two curves have.
std::vector<double> table_budgets(const std::vector<Interval>& common, int num) {
  double from = std::numeric_limits<double>::infinity(), to = 0;
  for (const Interval& range : common) {
    from = std::min(from, range.lower);
    to = std::max(to, range.upper);
  }
  std::set<double> out;
  for (int k = 1; k + 1 < num; ++k)
    out.insert(two_digits(from * exp(log(to / from) * k / (num - 1)),
                          [](double x) { return std::round(x); }));
  out.insert(two_digits(from, [](double x) { return std::ceil(x); }));
  out.insert(two_digits(to, [](double x) { return std::floor(x); }));
  return {out.begin(), out.end()};
}

BudgetRow budget_row(const std::vector<FittedCurve>& curves, Budget by, double budget,
                     const RaceOptions& options) {
  BudgetRow out{budget, {}, {}};
  for (std::size_t k = 0; k < curves.size(); ++k) {
    const std::vector<double>& spent = curves[k].curve.log_spent(by);
    if (log(budget) >= spent.front() && log(budget) <= spent.back())
      out.entries.push_back({k, smooth_loss(curves[k], by, budget, options)});
  }
  std::stable_sort(out.entries.begin(), out.entries.end(),
                   [](const auto& a, const auto& b) { return a.loss.value < b.loss.value; });
  if (out.entries.size() >= 2)
    out.lead =
        smooth_gap(curves[out.entries[1].curve], curves[out.entries[0].curve], by, budget, options);
  return out;
}

std::string unit_of(Budget by, const RaceOptions& options) {
  if (by == Budget::flops) return "FLOP";
  if (by == Budget::tokens) return "tokens";
  return options.time_column.empty() ? "hours" : options.time_column;
}

// Nothing to race if no pair has common budgets.
RaceBy race_by(const std::vector<FittedCurve>& curves, std::vector<NumberPair> pairs, Budget by,
               const RaceOptions& options) {
  std::vector<Interval> common;
  std::erase_if(pairs, [&](const NumberPair& pair) {
    const auto range = common_budgets(curves[pair.first].curve, curves[pair.second].curve, by);
    if (range) common.push_back(*range);
    return !range;
  });
  RaceBy out{by, unit_of(by, options), {}, {}};
  if (common.empty()) return out;
  const std::vector<double> budgets = table_budgets(common, options.num_budgets);
  for (const double budget : budgets) {
    BudgetRow row = budget_row(curves, by, budget, options);
    if (row.entries.size() >= 2) out.rows.push_back(std::move(row));
  }
  out.pairs.resize(pairs.size());
  parallel_for(
      static_cast<int>(pairs.size()), num_threads_to_use(options.num_threads),
      [&](int k, int) {
        const auto [a, b] = pairs[static_cast<std::size_t>(k)];
        out.pairs[static_cast<std::size_t>(k)] = race_pair(curves, a, b, by, budgets, options);
      },
      "pairs");
  return out;
}

// A curve of one or two blocks is resampled as itself, and its intervals have no width.
void require_short_blocks(const std::vector<Curve>& curves, const RaceOptions& options) {
  constexpr int kLeastBlocks = 4;
  for (const Curve& curve : curves)
    if (options.block > static_cast<int>(curve.num_rows()) / kLeastBlocks)
      throw InputError("", 0, "",
                       fmt::format("``block`` {} is more than a quarter of the {} rows of {}",
                                   options.block, curve.num_rows(), printable(curve.run)),
                       "``block`` 0 chooses a length");
}

// Runs of one size differ in something else, which their losses then tell too.
void warn_of_same_size(RaceResult& result) {
  for (std::size_t k = 1; k < result.curves.size(); ++k) {
    const Curve& curve = result.curves[k].curve;
    const Curve& before = result.curves[k - 1].curve;
    if (curve.params != before.params) continue;
    result.warnings.push_back(
        warning<"runs_of_one_size">(printable(before.run), printable(curve.run)));
    return;
  }
}

void add_warnings(RaceResult& result) {
  warn_of_same_size(result);
  std::vector<std::string> at_bound, thinned;
  for (const FittedCurve& fitted : result.curves) {
    if (fitted.law.at_bound) at_bound.push_back(printable(fitted.curve.run));
    if (fitted.curve.rows_a_mean > 1)
      thinned.push_back(
          fmt::format("{} by {}", printable(fitted.curve.run), fitted.curve.rows_a_mean));
  }
  if (!at_bound.empty()) result.warnings.push_back(warning<"law_at_bound">(listed(at_bound)));
  if (!thinned.empty()) result.warnings.push_back(warning<"rows_averaged">(listed(thinned)));
}

}  // namespace

const char* budget_name(Budget by) {
  static constexpr const char* kNames[] = {"flops", "tokens", "time"};
  return kNames[static_cast<int>(by)];
}

RaceResult race(RunTable runs, const RaceOptions& options) {
  const std::vector<Curve> curves = curves_of(runs, options);
  require_short_blocks(curves, options);
  const std::vector<Budget> budgets = budgets_raced(curves, options);
  const std::vector<NumberPair> pairs = pairs_of(curves, options.neighbours_only);
  RaceResult result{options, {}, fitted_curves(curves, options), {}, runs.warnings};
  for (const Budget by : budgets) {
    RaceBy raced = race_by(result.curves, pairs, by, options);
    if (!raced.pairs.empty()) {
      result.races.push_back(std::move(raced));
      continue;
    }
    result.warnings.push_back(warning<"no_common_budget">(budget_name(by)));
  }
  if (result.races.empty())
    throw InputError(runs.path, 0, "", "no two sizes have a budget in common",
                     "race curves whose ranges of tokens or compute overlap");
  add_warnings(result);
  result.runs = std::move(runs);
  return result;
}

}  // namespace isoloss
