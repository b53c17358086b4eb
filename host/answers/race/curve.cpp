#include "host/answers/race/curve.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>

#include "fits/math.h"
#include "host/answers/race/speeds.h"
#include "host/base/error.h"
#include "host/base/text.h"

namespace isoloss {
namespace {

constexpr std::size_t kShortestCurve = 20;
constexpr std::size_t kMostCurves = 16;
// Longer curves become means of neighbouring rows: more say no more of a smooth curve.
constexpr std::size_t kMostRows = 4000;

using Rows = std::vector<std::size_t>;

[[noreturn]] void fail(const RunTable& runs, std::size_t line, const std::string& message,
                       const std::string& hint) {
  throw InputError(runs.path, line, "", message, hint);
}

std::map<std::string, Rows> rows_of_curves(const RunTable& runs) {
  if (runs.run.empty())
    fail(runs, 0, "no column tells which rows form a curve",
         "name it with ``group`` HEADER or ``column`` run=HEADER");
  std::map<std::string, Rows> out;
  for (std::size_t i = 0; i < runs.num_runs(); ++i) out[runs.run[i]].push_back(i);
  return out;
}

void refuse_short(const RunTable& runs, const std::map<std::string, Rows>& by_run) {
  std::vector<std::string> too_short;
  for (const auto& [run, rows] : by_run)
    if (rows.size() < kShortestCurve) too_short.push_back(printable(run));
  if (too_short.empty()) return;
  fail(runs, 0,
       fmt::format("{} of fewer than {} rows: {}", counted(too_short.size(), "curve"),
                   kShortestCurve, listed(too_short)),
       "leave them out with ``where`` \"run != '...'\", or log more often");
}

void refuse_number(const RunTable& runs, const std::map<std::string, Rows>& by_run) {
  const std::size_t num_curves = by_run.size();
  if (num_curves < 2)
    fail(runs, 0, fmt::format("one curve only, {}", printable(runs.run.front())),
         "a race needs two; relax ``where``, or see whether ``group`` names the column of the run");
  refuse_short(runs, by_run);
  if (num_curves > kMostCurves)
    fail(runs, 0, fmt::format("{} curves, more than {}", num_curves, kMostCurves),
         "choose among them with ``where``, for example the best learning rate of each size");
}

double size_of(const RunTable& runs, const Rows& rows) {
  const double size = runs.params[rows.front()];
  for (const std::size_t i : rows)
    if (runs.params[i] != size)
      fail(runs, runs.line[i],
           fmt::format("run {} has {:g} params here and {:g} in line {}", shown(runs.run[i]),
                       runs.params[i], size, runs.line[rows.front()]),
           "a curve is of one model: ``group`` names the column that tells runs apart");
  return size;
}

// Means of `num` neighbouring rows at a time.
std::vector<double> means(const std::vector<double>& values, std::size_t num) {
  std::vector<double> out;
  for (std::size_t i = 0; i + num <= values.size(); i += num) {
    const auto begin = values.begin() + static_cast<std::ptrdiff_t>(i);
    out.push_back(std::accumulate(begin, begin + static_cast<std::ptrdiff_t>(num), 0.0) /
                  static_cast<double>(num));
  }
  return out;
}

std::vector<double> logs(std::vector<double> values) {
  for (double& value : values) value = log(value);
  return values;
}

std::vector<double> selected(const std::vector<double>& values, const Rows& rows) {
  std::vector<double> out;
  for (const std::size_t i : rows) out.push_back(values[i]);
  return out;
}

void refuse_falling(const RunTable& runs, const Rows& rows, const std::vector<double>& spent,
                    const std::string& what) {
  for (std::size_t k = 1; k < rows.size(); ++k)
    if (spent[rows[k]] < spent[rows[k - 1]])
      fail(runs, runs.line[rows[k]],
           fmt::format("{} of run {} falls while its tokens grow", printable(what),
                       shown(runs.run[rows[k]])),
           "it must count from the beginning of the run; another ``time``, or leave the rows out");
}

Curve curve_of(const RunTable& runs, const std::string& run, Rows rows,
               const RaceOptions& options) {
  std::stable_sort(rows.begin(), rows.end(),
                   [&](std::size_t a, std::size_t b) { return runs.tokens[a] < runs.tokens[b]; });
  Curve curve{run, size_of(runs, rows), {}, {}, {}, (rows.size() - 1) / kMostRows + 1};
  const auto column = [&](const std::vector<double>& values) {
    return means(selected(values, rows), curve.rows_a_mean);
  };
  const auto spend = [&](Budget by, const std::vector<double>& values, const std::string& what) {
    refuse_falling(runs, rows, values, what);
    curve.log_budget[static_cast<std::size_t>(by)] = logs(column(values));
  };
  curve.log_tokens = logs(column(runs.tokens));
  curve.loss = column(runs.loss);
  spend(Budget::tokens, runs.tokens, "tokens");
  spend(Budget::flops, runs.flops, "flops");
  if (!options.time_column.empty())
    spend(Budget::time, runs.values_of(options.time_column), options.time_column);
  if (!(curve.log_tokens.back() > curve.log_tokens.front()))
    fail(runs, runs.line[rows.front()],
         fmt::format("all rows of run {} have the same tokens", shown(run)),
         "a curve needs the tokens seen so far at every row");
  return curve;
}

}  // namespace

double Curve::log_tokens_for(Budget by, double log_budget_at) const {
  const std::vector<double>& spent = log_spent(by);
  if (log_budget_at <= spent.front()) return log_tokens.front() + (log_budget_at - spent.front());
  if (log_budget_at >= spent.back()) return log_tokens.back() + (log_budget_at - spent.back());
  const auto above = static_cast<std::size_t>(
      std::upper_bound(spent.begin(), spent.end(), log_budget_at) - spent.begin());
  const double share = (log_budget_at - spent[above - 1]) / (spent[above] - spent[above - 1]);
  return log_tokens[above - 1] + share * (log_tokens[above] - log_tokens[above - 1]);
}

std::vector<Curve> curves_of(const RunTable& runs, const RaceOptions& options) {
  const std::map<std::string, Rows> by_run = rows_of_curves(runs);
  refuse_number(runs, by_run);
  std::vector<Curve> curves;
  for (const auto& [run, rows] : by_run) curves.push_back(curve_of(runs, run, rows, options));
  std::stable_sort(curves.begin(), curves.end(),
                   [](const Curve& a, const Curve& b) { return a.params < b.params; });
  if (!options.tokens_per_second.empty()) add_hours(curves, options.tokens_per_second);
  return curves;
}

}  // namespace isoloss
