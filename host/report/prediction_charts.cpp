#include "host/report/prediction_charts.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "host/base/text.h"
#include "host/report/chart_parts.h"

namespace isoloss {
namespace {

ChartAxis response_axis(const FittedLaw& fit, const char* which) {
  return {which + (fit.response == "loss" ? loss_axis().title : printable(fit.response)), false};
}

std::string run_of(const NewRuns& runs, std::size_t i) {
  return runs.run.empty() ? "predicted" : printable(runs.run[i]);
}

Chart parity_chart(const FittedLaw& fit, const Predictions& predictions) {
  const NewRuns& runs = predictions.runs;
  Chart out{"Predicted against measured",
            "On the dotted line the law says what was measured.",
            response_axis(fit, "measured "),
            response_axis(fit, "predicted "),
            {trace(TraceKind::points, "rows")}};
  Trace& points = out.traces[0];
  for (std::size_t i = 0; i < runs.num_rows; ++i) {
    if (!std::isfinite(runs.observed[i])) continue;
    add_point(runs.observed[i], {predictions.value[i], {}, {}}, points);
    points.labels.push_back(fmt::format("{}\npredicted {:.4f}  measured {:.4f}", run_of(runs, i),
                                        predictions.value[i], runs.observed[i]));
  }
  const auto [least, most] = std::minmax_element(points.x.begin(), points.x.end());
  out.traces.push_back(trace(TraceKind::guide, "equal", {*least, *most}, {*least, *most}));
  return out;
}

struct Along {
  ChartAxis axis;
  const std::vector<double>* values = nullptr;  // none: no input differs
};

Along along_of(const FittedLaw& fit, const NewRuns& runs) {
  if (runs.values.contains("steps")) return {{"training step", false}, &runs.values.at("steps")};
  for (const LawInput& input : fit.law.inputs) {
    if (input.is_history()) continue;
    const std::vector<double>& values = runs.values.at(input.column);
    const auto [least, most] = std::minmax_element(values.begin(), values.end());
    const std::string& what = input.meaning.empty() ? input.column : input.meaning;
    if (*least < *most)
      return {{fmt::format("{} ({})", printable(what), printable(input.symbol)), *least > 0},
              &values};
  }
  return {};
}

Estimate prediction_at(const Predictions& predictions, std::size_t i) {
  Estimate out{predictions.value[i], {}, {}};
  if (!predictions.interval.empty()) out.interval = predictions.interval[i];
  return out;
}

// Rows along the axis, by run.
std::map<std::string, std::vector<std::size_t>> rows_by_run(const NewRuns& runs,
                                                            const std::vector<double>& values) {
  std::map<std::string, std::vector<std::size_t>> out;
  for (std::size_t i = 0; i < runs.num_rows; ++i) out[run_of(runs, i)].push_back(i);
  for (auto& [run, rows] : out)
    std::stable_sort(rows.begin(), rows.end(),
                     [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
  return out;
}

Chart along_chart(const FittedLaw& fit, const Predictions& predictions, const Along& along) {
  const NewRuns& runs = predictions.runs;
  const bool is_curve = runs.values.contains("steps");
  Chart out{"Predictions",
            predictions.interval.empty() ? "" : "Shaded: intervals of the law, not of a new run.",
            along.axis,
            response_axis(fit, "predicted "),
            {}};
  for (const auto& [run, rows] : rows_by_run(runs, *along.values)) {
    Trace own = trace(is_curve ? TraceKind::line : TraceKind::points, run);
    for (const std::size_t i : rows)
      add_point((*along.values)[i], prediction_at(predictions, i), own);
    keep_whole_intervals(own);
    out.traces.push_back(std::move(own));
  }
  return out;
}

}  // namespace

std::vector<Chart> prediction_charts(const FittedLaw& fit, const Predictions& predictions) {
  const NewRuns& runs = predictions.runs;
  std::vector<Chart> out;
  const bool is_measured = std::any_of(runs.observed.begin(), runs.observed.end(),
                                       [](double x) { return std::isfinite(x); });
  if (is_measured) out.push_back(parity_chart(fit, predictions));
  const Along along = along_of(fit, runs);
  constexpr std::size_t kMostRuns = 12;  // more lines cannot be told apart
  if (along.values == nullptr || rows_by_run(runs, *along.values).size() > kMostRuns) return out;
  out.push_back(along_chart(fit, predictions, along));
  return out;
}

}  // namespace isoloss
