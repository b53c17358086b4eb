#include "host/report/forecast.h"

#include <fmt/format.h>

#include <cmath>
#include <functional>

#include "host/base/number_text.h"
#include "host/report/estimate_text.h"
#include "host/report/fitted_law.h"
#include "host/report/forecast_parts.h"
#include "host/report/wrap.h"

namespace isoloss {
namespace {

struct Column {
  std::string title;
  std::function<std::string(const ForecastYear&)> cell;
};
using Columns = std::vector<Column>;

// Without the interval where its ends read like the value.
std::string cell_of(const Estimate& estimate, std::string (*text)(double)) {
  Estimate own = estimate;
  if (own.interval && text(own.interval->lower) == text(own.interval->upper)) own.interval.reset();
  return estimate_text(own, text);
}

// A column of an estimate.
Column column(const char* title, Estimate ForecastYear::*of, std::string (*text)(double)) {
  return {title, [of, text](const ForecastYear& year) { return cell_of(year.*of, text); }};
}
Column data_column(const char* title, Estimate DataYear::*of, std::string (*text)(double)) {
  return {title, [of, text](const ForecastYear& year) { return cell_of((*year.data).*of, text); }};
}

std::string tables_of(const ForecastReport& report, const Columns& columns) {
  std::vector<TextRow> texts;
  for (const Column& own : columns) {
    texts.push_back({own.title});
    for (const ForecastYear& year : report.forecast.years)
      texts.back().push_back(year.end == PlanEnd::none ? "none" : own.cell(year));
  }
  return tables_by_year(report, texts);
}

std::string size_tables(const FittedLaw& law, const ForecastReport& report) {
  Columns columns{column("C, FLOP", &ForecastYear::compute, flops_text)};
  if (report.assumptions.efficiency)
    columns = {{"C, FLOP", [](const ForecastYear& year) { return flops_text(year.compute.value); }},
               column("effective FLOP", &ForecastYear::effective, flops_text)};
  columns.push_back(column("N, parameters", &ForecastYear::N, count_text));
  columns.push_back(column("D, tokens", &ForecastYear::D, count_text));
  columns.push_back(column("D / N", &ForecastYear::tokens_per_param, ratio_text));
  columns.push_back(column("loss", &ForecastYear::loss, loss_text));
  if (law.largest_flops)
    columns.push_back({report.assumptions.efficiency ? "effective C / max C" : "C / max C",
                       [](const ForecastYear& year) { return flops_text(*year.extrapolation); }});
  return tables_of(report, columns);
}

std::string year_text(const ForecastReport& report, double years) {
  if (std::isinf(years)) return fmt::format("later than {} years", kMostYears);
  return fmt::format("{:.1f}", report.from.value_or(0) + years);
}

std::string binding_line(const ForecastReport& report) {
  const Binding& binding = *report.forecast.binding;
  const Estimate& at = binding.years;
  std::string out = "the optimum first asks for more tokens than there are ";
  if (std::isinf(at.value))
    out += fmt::format("in none of the next {} years", kMostYears);
  else
    out += fmt::format("in year {}", year_text(report, at.value));
  if (at.interval)
    out += fmt::format(" ({} .. {})", year_text(report, at.interval->lower),
                       year_text(report, at.interval->upper));
  if (binding.share_by_end)
    out += fmt::format("; by {} in {} of the samples",
                       whole_year(report, report.assumptions.num_years),
                       share_text(*binding.share_by_end));
  return wrapped(out, 2, kForecastWidth, 2);
}

std::string data_tables(const FittedLaw& law, const ForecastReport& report) {
  Columns columns{
      data_column("unique tokens", &DataYear::stock, count_text),
      {"D / unique", [](const ForecastYear& year) { return flops_text(year.data->asked.value); }}};
  const bool repeats = law.law.reads(Input::U);
  if (!repeats) columns.push_back(data_column("loss, each once", &DataYear::loss_once, loss_text));
  columns.push_back(data_column("each once costs", &DataYear::cost_once, loss_text));
  if (repeats)
    columns.push_back({"repeated costs", [](const ForecastYear& year) {
                         return cell_of(*year.data->cost_repeated, loss_text);
                       }});
  return tables_of(report, columns);
}

}  // namespace

std::string forecast_text(const FittedLaw& law, const ForecastReport& report) {
  std::string out = fmt::format("{}\n{}", forecast_head(law, report), size_tables(law, report));
  if (report.forecast.binding)
    out.append("\n").append(binding_line(report)).append(data_tables(law, report));
  if (!report.recipes.empty()) out.append("\n").append(forecast_recipes(report));
  return out + warnings_text(report.warnings);
}

}  // namespace isoloss
