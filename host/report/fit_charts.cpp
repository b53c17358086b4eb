#include "host/report/fit_charts.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "host/base/number_text.h"
#include "host/base/text.h"
#include "host/report/chart_parts.h"
#include "host/report/fit_parts.h"
#include "host/report/slices_chart.h"

namespace isoloss {
namespace {

// More points hide each other and make the page slow.
constexpr std::size_t kMostPoints = 1000;

// Of many runs those that are furthest off the fit, and some of the others from all over the file.
std::vector<std::size_t> drawn_runs(const std::vector<double>& residuals) {
  std::vector<std::size_t> out(residuals.size());
  std::iota(out.begin(), out.end(), std::size_t{0});
  if (out.size() <= kMostPoints) return out;
  const std::size_t num_far = kMostPoints / 4;
  std::stable_sort(out.begin(), out.end(), [&](std::size_t a, std::size_t b) {
    return std::fabs(residuals[a]) > std::fabs(residuals[b]);
  });
  std::vector<std::size_t> others(out.begin() + num_far, out.end());
  out.resize(num_far);
  std::sort(others.begin(), others.end());
  const std::size_t num = kMostPoints - num_far;
  for (std::size_t k = 0; k < num; ++k) out.push_back(others[k * others.size() / num]);
  return out;
}

ChartAxis response_axis(const RunTable& runs, const std::string& which = "") {
  const bool is_loss = runs.response == "loss";
  return {which + (is_loss ? loss_axis().title : printable(runs.response)), false};
}

// An input as an axis: its values over the runs.
struct RunInput {
  ChartAxis axis;
  const std::vector<double>* values;
  std::string symbol;
};

std::string input_title(const LawInput& input) {
  const std::string& what = input.meaning.empty() ? input.column : input.meaning;
  return fmt::format("{} ({})", printable(what), printable(input.symbol));
}

std::vector<RunInput> inputs_of(const RunTable& runs, const LawEntry& law) {
  std::vector<RunInput> out;
  for (const LawInput& input : law.inputs) {
    if (input.is_history()) continue;
    const std::vector<double>& values = runs.values_of(input.column);
    const bool is_log = *std::min_element(values.begin(), values.end()) > 0;
    out.push_back({{input_title(input), is_log}, &values, printable(input.symbol)});
  }
  if (!runs.flops.empty() && !law.reads(Input::C))
    out.push_back({compute_axis(), &runs.flops, "C"});
  return out;
}

std::vector<double> predicted(const RunTable& runs, const FitResult& fit) {
  std::vector<double> out;
  for (std::size_t i = 0; i < runs.num_runs(); ++i)
    out.push_back(fit.law->log_residual ? runs.loss[i] * std::exp(fit.residuals[i])
                                        : runs.loss[i] + fit.residuals[i]);
  return out;
}

Chart loss_chart(const RunTable& runs, const FitResult& fit,
                 const std::vector<OptimumEstimate>& frontier) {
  Chart out{"Loss against compute", "", compute_axis(), response_axis(runs), {}, "loss"};
  out.traces.push_back(run_points(runs, fit, runs.flops, runs.loss));
  if (frontier.empty()) return out;
  out.note = "The line is the least loss that the law promises for a budget.";
  out.traces.push_back(frontier_trace("compute-optimal", frontier, &OptimumEstimate::L));
  return out;
}

Chart parity_chart(const RunTable& runs, const FitResult& fit) {
  Chart out{"Fitted against measured",
            "On the dotted line the law says what was measured.",
            response_axis(runs, "measured "),
            response_axis(runs, "fitted "),
            {},
            "fitted"};
  const auto [least, most] = std::minmax_element(runs.loss.begin(), runs.loss.end());
  out.traces = {run_points(runs, fit, runs.loss, predicted(runs, fit)),
                trace(TraceKind::guide, "equal", {*least, *most}, {*least, *most})};
  return out;
}

Chart residual_chart(const RunTable& runs, const FitResult& fit, const RunInput& input) {
  Chart out{"Residuals against " + input.axis.title,
            "Fitted less measured. A trend is something that the law does not have.",
            input.axis,
            {"residual of " + residual_name(runs, *fit.law), false},
            {},
            "residuals-" + input.symbol};
  const auto [least, most] = std::minmax_element(input.values->begin(), input.values->end());
  out.traces = {run_points(runs, fit, *input.values, fit.residuals),
                trace(TraceKind::guide, "no residual", {*least, *most}, {0, 0})};
  return out;
}

std::string run_label(const RunTable& runs, const FitResult& fit, std::size_t i) {
  std::string out = runs.run.empty() ? "" : printable(runs.run[i]) + ", ";
  out += runs.place_of(i) + "\n";
  for (const LawInput& input : fit.law->inputs)
    if (!input.is_history())
      out += fmt::format("{} {}  ", printable(input.symbol),
                         count_text(runs.values_of(input.column)[i]));
  return fmt::format("{}\n{} {:.4f}  residual {:+.4f}", out, printable(runs.response), runs.loss[i],
                     fit.residuals[i]);
}

}  // namespace

Trace run_points(const RunTable& runs, const FitResult& fit, const std::vector<double>& x,
                 const std::vector<double>& y) {
  const std::vector<std::size_t> drawn = drawn_runs(fit.residuals);
  Trace out = run_points(runs, fit, drawn, x, y);
  if (drawn.size() < runs.num_runs())
    out.name +=
        fmt::format(", {} of {}, the furthest off among them", drawn.size(), runs.num_runs());
  return out;
}

Trace run_points(const RunTable& runs, const FitResult& fit, const std::vector<std::size_t>& rows,
                 const std::vector<double>& x, const std::vector<double>& y) {
  Trace out = trace(TraceKind::points, "runs");
  for (const std::size_t i : rows) {
    out.x.push_back(x[i]);
    out.y.push_back(y[i]);
    out.labels.push_back(run_label(runs, fit, i));
  }
  return out;
}

std::vector<Chart> fit_charts(const RunTable& runs, const FitResult& fit) {
  std::vector<Chart> out;
  const std::vector<OptimumEstimate> frontier = frontier_of(runs, fit);
  if (!runs.flops.empty()) out.push_back(loss_chart(runs, fit, frontier));
  if (!frontier.empty()) {
    for (Chart& chart : size_charts(fit, frontier)) out.push_back(std::move(chart));
    for (Chart& chart : slices_chart(sliced(fit), slices_of(runs, fit)))
      out.push_back(std::move(chart));
    out.push_back(isoloss_chart(runs, fit, frontier));
  }
  out.push_back(parity_chart(runs, fit));
  for (const RunInput& input : inputs_of(runs, *fit.law))
    out.push_back(residual_chart(runs, fit, input));
  for (Chart& chart : draws_chart(fit)) out.push_back(std::move(chart));
  for (Chart& chart : search_charts(runs, fit)) out.push_back(std::move(chart));
  return out;
}

}  // namespace isoloss
