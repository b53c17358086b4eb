#include "host/report/chart_parts.h"
#include "host/report/forecast_parts.h"

namespace isoloss {
namespace {

Trace over_years(const Forecast& got, const char* name, Estimate ForecastYear::*of) {
  Trace out = trace(TraceKind::line, name);
  for (const ForecastYear& year : got.years) {
    Estimate own = year.*of;  // a year that is certain is a fan's beginning
    if (!own.interval && got.num_samples > 0) own.interval = Interval{own.value, own.value};
    if (year.end != PlanEnd::none) add_point(got.question.from.value_or(0) + year.years, own, out);
  }
  keep_whole_intervals(out);
  return out;
}

// The unique tokens that there are.
Trace stock_of(const Forecast& got) {
  Trace out = trace(TraceKind::guide, "unique tokens");
  for (const ForecastYear& year : got.years)
    if (year.data)
      add_point(got.question.from.value_or(0) + year.years, {year.data->stock.value, {}, {}}, out);
  return out;
}

}  // namespace

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
  if (got.binding) out[1].traces.push_back(stock_of(got));
  std::erase_if(out, [](const Chart& chart) { return chart.traces[0].x.empty(); });
  return out;
}

}  // namespace isoloss
