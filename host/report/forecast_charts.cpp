#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "host/report/chart_parts.h"
#include "host/report/forecast_parts.h"

namespace isoloss {
namespace {

// The unique tokens that there are.
Trace stock_of(const Forecast& got) {
  Trace out = trace(TraceKind::guide, "unique tokens");
  for (const ForecastYear& year : got.years)
    if (year.data)
      add_point(got.question.from.value_or(0) + year.years, {year.data->stock.value, {}, {}}, out);
  return out;
}

// Straight in the log between two years of the forecast, and beyond the last.
double stock_at(const Forecast& got, double years) {
  std::size_t i = 1;
  while (i + 1 < got.years.size() && got.years[i].years < years) ++i;
  const ForecastYear &before = got.years[i - 1], &after = got.years[i];
  if (!before.data || !after.data) return NAN;
  const double part = (years - before.years) / (after.years - before.years);
  return before.data->stock.value *
         std::pow(after.data->stock.value / before.data->stock.value, part);
}

// Where the optimum comes to ask for all tokens that there are; no farther than the chart would be
// twice as wide.
std::vector<Trace> binding_of(const Forecast& got) {
  const Estimate& at = got.binding->years;
  const double first = got.question.from.value_or(0), farthest = 2.0 * got.years.back().years;
  if (got.years.size() < 2 || !(at.value <= farthest)) return {};
  Trace out = trace(TraceKind::points, "data bind");
  add_point(first + at.value, {stock_at(got, at.value), {}, {}}, out);
  if (out.x.empty()) return {};
  std::string years = year_text(got, at.value);
  if (at.interval) {
    out.x_interval = {{first + at.interval->lower, first + std::min(at.interval->upper, farthest)}};
    years += fmt::format(" ({} .. {})", year_text(got, at.interval->lower),
                         year_text(got, at.interval->upper));
  }
  out.labels = {"data bind in year " + years};
  return {out};
}

}  // namespace

Trace over_years(const Forecast& got, const std::string& name, Estimate ForecastYear::*of) {
  Trace out = trace(TraceKind::line, name);
  for (const ForecastYear& year : got.years) {
    Estimate own = year.*of;  // a year that is certain is a fan's beginning
    if (!own.interval && got.num_samples > 0) own.interval = Interval{own.value, own.value};
    if (year.end != PlanEnd::none) add_point(got.question.from.value_or(0) + year.years, own, out);
  }
  keep_whole_intervals(out);
  return out;
}

std::vector<Chart> forecast_charts(const Forecast& got) {
  const ChartAxis years{got.question.from ? "year" : "years from the first", false};
  const char* note = got.num_samples > 0 ? "Shaded: intervals from the samples." : "";
  std::vector<Chart> out{{"How large a model to train",
                          note,
                          years,
                          params_axis(),
                          {over_years(got, "the best plan", &ForecastYear::N)}},
                         {"On how many tokens",
                          note,
                          years,
                          tokens_axis(),
                          {over_years(got, "the best plan", &ForecastYear::D)}},
                         {"The loss that it reaches",
                          note,
                          years,
                          loss_axis(),
                          {over_years(got, "the best plan", &ForecastYear::loss)}}};
  if (got.binding) {
    out[1].traces.push_back(stock_of(got));
    for (Trace& own : binding_of(got)) out[1].traces.push_back(std::move(own));
  }
  std::erase_if(out, [](const Chart& chart) { return chart.traces[0].x.empty(); });
  return out;
}

}  // namespace isoloss
