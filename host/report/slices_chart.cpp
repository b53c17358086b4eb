#include "host/report/slices_chart.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "fits/math.h"
#include "host/base/number_text.h"
#include "host/base/value_groups.h"
#include "host/fit/derived.h"
#include "host/report/chart_parts.h"
#include "host/report/estimate_text.h"
#include "host/report/fit_charts.h"

namespace isoloss {
namespace {

constexpr double kSameBudget = 0.05;     // budgets closer than this share are one
constexpr std::size_t kFewestSizes = 4;  // of a budget, that show where it is least
constexpr std::size_t kMostSlices = 10;  // more lines hide each other
constexpr std::size_t kMostSliceRuns = 60;
constexpr int kBudgetsWithoutRuns = 5;
constexpr int kCurvePoints = 61;
constexpr double kCurveReach = 8;  // of a curve without runs, times the best size and its share
constexpr double kWorthDrawing = 1.08;  // of the least loss; beyond, a curve ends unless runs go on

double logs_mean(const std::vector<double>& values, const std::vector<std::size_t>& places) {
  double sum = 0;
  for (const std::size_t i : places) sum += isoloss::log(values[i]);
  return isoloss::exp(sum / static_cast<double>(places.size()));
}

bool has_sizes(const RunTable& runs, const std::vector<std::size_t>& rows) {
  std::vector<double> sizes;
  for (const std::size_t i : rows) sizes.push_back(runs.params[i]);
  return groups_by_value(sizes, kSameBudget).size() >= kFewestSizes;
}

// Of at most `most`, evenly picked.
template <class T>
std::vector<T> some_of(const std::vector<T>& all, std::size_t most) {
  if (all.size() <= most) return all;
  std::vector<T> out;
  for (std::size_t i = 0; i < most; ++i) out.push_back(all[i * (all.size() - 1) / (most - 1)]);
  return out;
}

// Rows of each budget that has enough sizes, if that is what most runs were made for.
std::vector<std::vector<std::size_t>> budgets_of_runs(const RunTable& runs) {
  const ValueGroups groups = groups_by_value(runs.flops, kSameBudget);
  std::vector<std::vector<std::size_t>> out;
  std::size_t num = 0;
  for (std::size_t g = 0; g < groups.size(); ++g) {
    const std::vector<std::size_t> rows = groups.members(g);
    const double
        spread = runs.flops[*std::max_element(rows.begin(), rows.end(), [&](auto a, auto b) {
          return runs.flops[a] < runs.flops[b];
        })] / groups.least[g];
    // A chain of near budgets may be anything but one.
    if (spread > 1 + 2 * kSameBudget || !has_sizes(runs, rows)) continue;
    num += rows.size();
    out.push_back(rows);
  }
  if (2 * num < runs.num_runs()) out.clear();
  return some_of(out, kMostSlices);
}

std::string budget_text(double flops) { return flops_text(flops) + " FLOP"; }

// From the least to the largest size of the runs and the best, and further without runs.
std::pair<double, double> sizes_of(const Slice& slice) {
  const double reach = slice.runs.x.empty() ? kCurveReach : 1;
  std::pair<double, double> out{slice.N.value / reach, slice.N.value * reach};
  for (const double N : slice.runs.x) out = {std::min(out.first, N), std::max(out.second, N)};
  return out;
}

Trace curve_of(const SlicedLaw& law, const Slice& slice) {
  const auto [least, most] = sizes_of(slice);
  double worst = kWorthDrawing * slice.loss.value;
  for (const double loss : slice.runs.y) worst = std::max(worst, loss);
  Trace out = trace(TraceKind::line, budget_text(slice.flops));
  for (const double N : log_spaced(least, most, kCurvePoints))
    if (const double loss = law.loss(N, slice.flops); loss <= worst)
      add_point(N, {loss, {}, {}}, out);
  return out;
}

Trace best_of(const std::vector<Slice>& slices) {
  Trace out = trace(TraceKind::points, "best models");
  for (const Slice& slice : slices) {
    add_point(slice.N.value, {slice.loss.value, {}, {}}, out);
    if (slice.N.interval) out.x_interval.push_back(*slice.N.interval);
    out.labels.push_back(fmt::format("best of {}\nN {}\nloss {}", budget_text(slice.flops),
                                     estimate_text(slice.N, count_text),
                                     estimate_text(slice.loss, loss_text)));
  }
  keep_whole_intervals(out);
  return out;
}

}  // namespace

bool SlicedLaw::is_of_sizes() const {
  return law.num_inputs() == 2 && law.reads(Input::N) && law.reads(Input::D);
}

double SlicedLaw::loss(double N, double C) const {
  std::vector<double> inputs(law.inputs.size());
  const auto set = [&](Input input, double value) {
    const auto place = static_cast<std::size_t>(law.place_of(input));
    inputs[place] = law.inputs[place].axis == Axis::log ? std::log(value) : value;
  };
  set(Input::N, N);
  set(Input::D, C / (flops_per_token_param * N));
  return law.predict(theta, inputs);
}

SlicedLaw sliced(const FitResult& fit) {
  return {*fit.law, fit.theta, fit.options.flops_per_token_param};
}

std::vector<Slice> slices_of(const RunTable& runs, const FitResult& fit) {
  const auto rows = budgets_of_runs(runs);
  const auto [least, most] = std::minmax_element(runs.flops.begin(), runs.flops.end());
  std::vector<double> budgets;
  for (const auto& own : rows) budgets.push_back(logs_mean(runs.flops, own));
  if (fit.budgets_asked)
    budgets.insert(budgets.end(), fit.options.compute.begin(), fit.options.compute.end());
  if (budgets.empty()) budgets = log_spaced(*least, *most, kBudgetsWithoutRuns);
  const std::vector<OptimumEstimate> best = optima_at(fit, budgets, *most);
  std::vector<Slice> out;
  for (std::size_t i = 0; i < best.size(); ++i) {
    if (!best[i].interior) continue;
    out.push_back({best[i].C, best[i].N, best[i].L});
    if (i < rows.size())
      out.back().runs =
          run_points(runs, fit, some_of(rows[i], kMostSliceRuns), runs.params, runs.loss);
  }
  return out;
}

std::vector<Chart> slices_chart(const SlicedLaw& law, std::vector<Slice> slices) {
  if (slices.empty()) return {};
  std::stable_sort(slices.begin(), slices.end(),
                   [](const Slice& a, const Slice& b) { return a.flops < b.flops; });
  Chart out{"Loss over sizes at equal compute",
            "A line is what the law says of one budget; it is least at the best model.",
            params_axis(),
            loss_axis(),
            {},
            "isoflop"};
  for (Slice& slice : slices) {
    out.traces.push_back(curve_of(law, slice));
    if (slice.runs.x.empty()) continue;
    slice.runs.with = out.traces.size() - 1;
    slice.runs.name = "runs of " + budget_text(slice.flops);
    out.traces.push_back(slice.runs);
  }
  out.traces.push_back(best_of(slices));
  return {out};
}

}  // namespace isoloss
