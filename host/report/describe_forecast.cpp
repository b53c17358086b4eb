#include "host/report/forecast.h"

#include <fmt/format.h>

#include <cmath>
#include <functional>

#include "host/base/number_text.h"
#include "host/report/estimate_text.h"
#include "host/report/fitted_law.h"
#include "host/report/forecast_parts.h"

namespace isoloss {
namespace {

struct Column {
  std::string title;
  std::function<Cell(const ForecastYear&)> cell;
};
using Columns = std::vector<Column>;

// Without the interval where its ends read like the value.
Cell cell_of(const Estimate& estimate, std::string (*text)(double)) {
  Estimate own = estimate;
  if (own.interval && text(own.interval->lower) == text(own.interval->upper)) own.interval.reset();
  return {estimate_text(own, text), estimate};
}

// A column of an estimate.
Column column(const char* title, Estimate ForecastYear::*of, std::string (*text)(double)) {
  return {title, [of, text](const ForecastYear& year) { return cell_of(year.*of, text); }};
}
Column data_column(const char* title, Estimate DataYear::*of, std::string (*text)(double)) {
  return {title, [of, text](const ForecastYear& year) { return cell_of((*year.data).*of, text); }};
}

Table table_of(const Forecast& got, const Columns& columns) {
  Table out = table_by_year(got);
  for (const Column& own : columns) {
    out.columns.push_back({own.title});
    for (std::size_t i = 0; i < out.rows.size(); ++i) {
      const ForecastYear& year = got.years[i];
      out.rows[i].push_back(year.end == PlanEnd::none ? Cell("none") : own.cell(year));
    }
  }
  return out;
}

Table size_table(const FittedLaw& law, const Forecast& got) {
  Columns columns{column("C, FLOP", &ForecastYear::compute, flops_text)};
  if (got.question.assumptions.efficiency)
    columns = {{"C, FLOP",
                [](const ForecastYear& year) {
                  return Cell{flops_text(year.compute.value), year.compute};
                }},
               column("effective FLOP", &ForecastYear::effective, flops_text)};
  columns.push_back(column("N, parameters", &ForecastYear::N, count_text));
  columns.push_back(column("D, tokens", &ForecastYear::D, count_text));
  columns.push_back(column("D / N", &ForecastYear::tokens_per_param, ratio_text));
  columns.push_back(column("loss", &ForecastYear::loss, loss_text));
  if (law.largest_flops)
    columns.push_back({got.question.assumptions.efficiency ? "effective C / max C" : "C / max C",
                       [](const ForecastYear& year) {
                         return Cell{flops_text(*year.extrapolation), *year.extrapolation};
                       }});
  return table_of(got, columns);
}

Note binding_note(const Forecast& got) {
  const Binding& binding = *got.binding;
  const Estimate& at = binding.years;
  std::string out = "the optimum first asks for more tokens than there are ";
  if (std::isinf(at.value))
    out += fmt::format("in none of the next {} years", kMostYears);
  else
    out += fmt::format("in year {}", year_text(got, at.value));
  if (at.interval)
    out += fmt::format(" ({} .. {})", year_text(got, at.interval->lower),
                       year_text(got, at.interval->upper));
  if (binding.share_by_end)
    out += fmt::format("; by {} in {} of the samples",
                       whole_year(got, got.question.assumptions.num_years),
                       share_text(*binding.share_by_end));
  return {out, 2, 2};
}

Table data_table(const FittedLaw& law, const Forecast& got) {
  Columns columns{data_column("unique tokens", &DataYear::stock, count_text),
                  {"D / unique", [](const ForecastYear& year) {
                     return Cell{flops_text(year.data->asked.value), year.data->asked};
                   }}};
  const bool repeats = law.law.reads(Input::U);
  if (!repeats) columns.push_back(data_column("loss, each once", &DataYear::loss_once, loss_text));
  columns.push_back(data_column("each once costs", &DataYear::cost_once, loss_text));
  if (repeats)
    columns.push_back({"repeated costs", [](const ForecastYear& year) {
                         return cell_of(*year.data->cost_repeated, loss_text);
                       }});
  return table_of(got, columns);
}

// The last year's model.
std::string answer_sentence(const Forecast& got) {
  const ForecastYear& last = got.years.back();
  if (last.end == PlanEnd::none) return "";
  return fmt::format("In year {}, train {} parameters on {} tokens: a loss of {}",
                     whole_year(got, last.years), cell_of(last.N, count_text).text,
                     cell_of(last.D, count_text).text, cell_of(last.loss, loss_text).text);
}

}  // namespace

Document describe_forecast(const FittedLaw& law, const Forecast& got) {
  Document out{"What to train in the years ahead",
               answer_by(law, answer_sentence(got)),
               methods_of(law),
               {forecast_law(law, got), forecast_assumptions(law, got)},
               [&got] { return forecast_charts(got); }};
  out.sections.push_back({"What to train", {size_table(law, got)}});
  if (got.binding)
    out.sections.push_back({"Where the data end", {binding_note(got), data_table(law, got)}});
  if (!got.untils.empty()) out.sections.push_back(forecast_untils(got));
  if (!got.recipes.empty()) out.sections.push_back(forecast_recipes(got));
  add_warnings(got.warnings, out);
  return out;
}

}  // namespace isoloss
