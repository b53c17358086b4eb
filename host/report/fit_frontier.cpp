// The frontier of a fit as charts show it: models of least loss over budgets, and lines of equal
// loss around them.

#include <algorithm>
#include <cmath>

#include "host/base/number_text.h"
#include "host/fit/derived.h"
#include "host/report/chart_parts.h"
#include "host/report/fit_charts.h"
#include "host/report/slices_chart.h"

namespace isoloss {
namespace {

constexpr int kFrontierBudgets = 40;
constexpr int kCells = 60;  // of a contour, each way

std::pair<double, double> budget_range(const RunTable& runs, const FitResult& fit) {
  const auto [least, most] = std::minmax_element(runs.flops.begin(), runs.flops.end());
  std::pair<double, double> out{*least, *most};
  for (const double C : fit.options.compute)
    out = {std::min(out.first, C), std::max(out.second, C)};
  return out;
}

std::vector<double> budgets_of(const std::vector<OptimumEstimate>& frontier) {
  std::vector<double> out;
  for (const OptimumEstimate& at : frontier) out.push_back(at.C);
  return out;
}

}  // namespace

std::vector<OptimumEstimate> frontier_of(const RunTable& runs, const FitResult& fit) {
  if (fit.law->optimum == nullptr || withholds_optima(fit) || runs.flops.empty()) return {};
  const auto [least, most] = budget_range(runs, fit);
  if (!(least < most)) return {};
  std::vector<OptimumEstimate> out =
      optima_at(fit, log_spaced(least, most, kFrontierBudgets), most);
  std::erase_if(out, [](const OptimumEstimate& at) { return !at.interior; });
  return out;
}

Trace frontier_trace(const std::string& name, const std::vector<OptimumEstimate>& frontier,
                     Estimate OptimumEstimate::*of) {
  Trace out = trace(TraceKind::line, name);
  for (const OptimumEstimate& at : frontier) add_point(at.C, at.*of, out);
  keep_whole_intervals(out);
  return out;
}

std::vector<Chart> size_charts(const FitResult& fit, const std::vector<OptimumEstimate>& frontier) {
  const std::string note =
      frontier.front().N.interval
          ? "Shaded: the " + confidence_text(fit.options.confidence) + " interval. "
          : "";
  Chart sizes{"How large a model to train", note, compute_axis(), params_axis(), {}, "sizes"};
  sizes.note += "Kaplan et al. counted no embeddings; their line is converted to all parameters.";
  Chart tokens{"On how many tokens", note, compute_axis(), tokens_axis(), {}, "tokens"};
  sizes.traces = {frontier_trace("this fit", frontier, &OptimumEstimate::N)};
  tokens.traces = {frontier_trace("this fit", frontier, &OptimumEstimate::D)};
  const std::vector<double> budgets = budgets_of(frontier);
  for (Trace& own : published_sizes(budgets)) sizes.traces.push_back(std::move(own));
  for (Trace& own : published_tokens(budgets)) tokens.traces.push_back(std::move(own));
  return {sizes, tokens};
}

Chart isoloss_chart(const RunTable& runs, const FitResult& fit,
                    const std::vector<OptimumEstimate>& frontier) {
  const auto [least, most] = std::minmax_element(runs.params.begin(), runs.params.end());
  Trace field =
      trace(TraceKind::contour, "loss", log_spaced(frontier.front().C, frontier.back().C, kCells),
            log_spaced(std::min(*least, frontier.front().N.value),
                       std::max(*most, frontier.back().N.value), kCells));
  const SlicedLaw law = sliced(fit);
  const double worst = 1.1 * frontier.front().L.value;  // beyond, lines would stand too far apart
  for (const double N : field.y) {
    field.z.emplace_back();
    for (const double C : field.x) {
      const double loss = law.loss(N, C);
      field.z.back().push_back(loss <= worst ? loss : NAN);
    }
  }
  return {"Lines of equal loss",
          "Each thin line joins models of one loss; the frontier meets it where compute is least.",
          compute_axis(),
          params_axis(),
          {run_points(runs, fit, runs.flops, runs.params),
           frontier_trace("frontier", frontier, &OptimumEstimate::N), field},
          "isoloss"};
}

}  // namespace isoloss
