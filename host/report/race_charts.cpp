#include <fmt/format.h>

#include "fits/math.h"
#include "host/base/text.h"
#include "host/report/chart_parts.h"
#include "host/report/race_parts.h"

namespace isoloss {
namespace {

constexpr int kPlaces = 40;  // of a curve

Trace curve_trace(const RaceResult& result, Budget by, std::size_t k) {
  const FittedCurve& own = result.curves[k];
  const std::vector<double>& spent = own.curve.log_spent(by);
  Trace out = trace(TraceKind::line, run_name(result, k));
  for (const double budget : log_spaced(exp(spent.front()), exp(spent.back()), kPlaces))
    add_point(budget, smooth_loss(own, by, budget, result.options), out);
  keep_whole_intervals(out);
  return out;
}

Trace crossings(const RaceResult& result, const RaceBy& raced) {
  Trace out = trace(TraceKind::points, "last crossings");
  for (const PairRace& pair : raced.pairs) {
    if (!pair.last_crossing.budget) continue;
    const double at = pair.last_crossing.budget->value;
    const Estimate loss = smooth_loss(result.curves[pair.smaller], raced.by, at, result.options);
    add_point(at, {loss.value, {}, {}}, out);
    out.labels.push_back(fmt::format("{} and {}\nat {} {}", run_name(result, pair.smaller),
                                     run_name(result, pair.larger), budget_text(raced.by, at),
                                     printable(raced.unit)));
  }
  return out;
}

ChartAxis axis_of(const RaceBy& raced) {
  if (raced.by == Budget::flops) return compute_axis();
  if (raced.by == Budget::tokens) return tokens_axis();
  return {"training time, " + printable(raced.unit), true};
}

}  // namespace

std::vector<Chart> race_charts(const RaceResult& result) {
  std::vector<Chart> out;
  for (const RaceBy& raced : result.races) {
    const char* budget = raced.by == Budget::flops ? "compute" : budget_name(raced.by);
    out.push_back({fmt::format("Loss against {}", budget),
                   "Smooth curves; shaded: their intervals. Points: where two cross for the last "
                   "time.",
                   axis_of(raced),
                   loss_axis(),
                   {}});
    for (std::size_t k = 0; k < result.curves.size(); ++k)
      if (result.curves[k].curve.knows(raced.by))
        out.back().traces.push_back(curve_trace(result, raced.by, k));
    const Trace crossed = crossings(result, raced);
    if (!crossed.x.empty()) out.back().traces.push_back(crossed);
  }
  return out;
}

}  // namespace isoloss
