#include "host/report/forecast.h"

#include <fmt/format.h>

#include <cmath>
#include <functional>

#include "host/base/number_text.h"
#include "host/report/estimate_text.h"
#include "host/report/fitted_law.h"
#include "host/report/forecast_parts.h"
#include "host/report/holding.h"

namespace isoloss {
namespace {

struct Column {
  std::string title;
  std::function<Cell(const ForecastYear&)> cell;
};
using Columns = std::vector<Column>;

// Of what a later column says with its interval.
Cell brief(const Estimate& flops) { return {flops_text(flops.value), flops}; }

// A column of an estimate.
Column column(const char* title, Estimate ForecastYear::*of, std::string (*text)(double)) {
  return {title, [of, text](const ForecastYear& year) { return forecast_cell(year.*of, text); }};
}
Column data_column(const char* title, Estimate DataYear::*of, std::string (*text)(double)) {
  return {title,
          [of, text](const ForecastYear& year) { return forecast_cell((*year.data).*of, text); }};
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
  const bool has_worth = got.question.assumptions.worth().has_value();
  Columns columns;
  if (got.question.assumptions.hardware)
    columns.push_back({"spent, FLOP", [](const ForecastYear& year) { return brief(*year.spent); }});
  if (has_worth)
    columns.push_back({"C, FLOP", [](const ForecastYear& year) { return brief(year.compute); }});
  columns.push_back(has_worth ? column("effective FLOP", &ForecastYear::effective, flops_text)
                              : column("C, FLOP", &ForecastYear::compute, flops_text));
  columns.push_back({params_title(law), [](const ForecastYear& year) {
                       Cell out = forecast_cell(year.N, count_text);
                       if (year.end == PlanEnd::at_max_params) out.text += " (limit)";
                       return out;
                     }});
  const double per_active = got.question.decoding ? got.question.decoding->total_per_active : 1;
  if (per_active != 1)
    columns.push_back(
        {"N in all", [per_active](const ForecastYear& year) {
           return Cell{count_text(per_active * year.N.value), per_active * year.N.value};
         }});
  columns.push_back(column("D, tokens", &ForecastYear::D, count_text));
  columns.push_back(column("D / N", &ForecastYear::tokens_per_param, ratio_text));
  columns.push_back(column("loss", &ForecastYear::loss, loss_text));
  if (law.largest_flops)
    columns.push_back(
        {has_worth ? "effective C / max C" : "C / max C", [](const ForecastYear& year) {
           return Cell{flops_text(*year.extrapolation), *year.extrapolation};
         }});
  if (!got.question.bits.empty())
    columns.push_back({"bits", [&got](const ForecastYear& year) {
                         std::optional<double> share;
                         if (got.num_samples > 0) share = year.bits->share_alike;
                         return bits_cell(year.bits->bits, share);
                       }});
  return table_of(got, columns);
}

Note binding_note(const Forecast& got) {
  const Binding& binding = *got.binding;
  std::string out = "the optimum first asks for more tokens than there are in " +
                    std::string(std::isinf(binding.years.value) ? "" : "year ") + binding_text(got);
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
                         return forecast_cell(*year.data->cost_repeated, loss_text);
                       }});
  return table_of(got, columns);
}

// The last year's model.
std::string answer_sentence(const Forecast& got) {
  const ForecastYear& last = got.years.back();
  if (last.end == PlanEnd::none) return "";
  return fmt::format("From {}: in year {}, train {} parameters on {} tokens: a loss of {}",
                     budget_over_years(got), whole_year(got, last.years),
                     forecast_cell(last.N, count_text).text, forecast_cell(last.D, count_text).text,
                     forecast_cell(last.loss, loss_text).text);
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
