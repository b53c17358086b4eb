#include <fmt/format.h>

#include <algorithm>

#include "host/base/number_text.h"
#include "host/report/chart_parts.h"
#include "host/report/estimate_text.h"
#include "host/report/fitted_law.h"
#include "host/report/forecast_parts.h"
#include "host/report/scenarios.h"

namespace isoloss {
namespace {

// One quantity of every year, a column a scenario.
Table side_by_side(const Scenarios& got, Estimate ForecastYear::*of, std::string (*text)(double)) {
  Table out = table_by_year(got.scenarios[0].forecast);
  for (const Scenario& own : got.scenarios) {
    out.columns.push_back({own.name});
    for (std::size_t i = 0; i < out.rows.size(); ++i) {
      const ForecastYear& year = own.forecast.years[i];
      out.rows[i].push_back(year.end == PlanEnd::none ? Cell("none")
                                                      : forecast_cell(year.*of, text));
    }
  }
  return out;
}

Section quantity(const Scenarios& got, const std::string& title, Estimate ForecastYear::*of,
                 std::string (*text)(double)) {
  return {title, {Note{title, 2}, side_by_side(got, of, text)}};
}

void add_assumed(const FittedLaw& law, const Scenarios& got, Document& out) {
  for (const Scenario& own : got.scenarios) {
    Section section = forecast_assumptions(law, own.forecast);
    section.title = "Assumptions of " + own.name;
    const std::string note = own.note.empty() ? "" : ": " + own.note;
    section.blocks.insert(section.blocks.begin(), Note{own.name + note, 0, 2});
    out.sections.push_back(std::move(section));
  }
}

// What is waited for in any of them: those with a stock wait for more.
std::vector<std::string> all_untils(const Scenarios& got) {
  std::vector<std::string> out;
  for (const Scenario& own : got.scenarios)
    if (own.forecast.untils.size() > out.size()) {
      out.clear();
      for (const UntilYears& until : own.forecast.untils) out.push_back(until_text(until));
    }
  return out;
}

Cell until_cell(const Forecast& of, const std::string& until) {
  for (const UntilYears& own : of.untils)
    if (until_text(own) == until) return happens_in(of, own.stated);
  return "no stock";
}

// When the data bind, and what is waited for happens.
void add_dates(const Scenarios& got, Document& out) {
  Table table{{{"until"}}};
  for (const Scenario& own : got.scenarios) table.columns.push_back({own.name});
  for (const std::string& until : all_untils(got)) {
    Cells row{until};
    for (const Scenario& own : got.scenarios) row.push_back(until_cell(own.forecast, until));
    table.rows.push_back(std::move(row));
  }
  Cells binding{"D of the stock"};
  bool has_stock = false;
  for (const Scenario& own : got.scenarios) {
    has_stock = has_stock || own.forecast.binding;
    binding.push_back(own.forecast.binding ? Cell(binding_text(own.forecast)) : Cell("no stock"));
  }
  if (has_stock) table.rows.push_back(std::move(binding));
  if (table.rows.empty()) return;
  out.sections.push_back(
      {"When",
       {Note{fmt::format("the year in which it happens under the stated values; never: not within "
                         "{} years",
                         kMostYears),
             2, 2},
        table}});
}

std::vector<Chart> charts_of(const Scenarios& got) {
  const ChartAxis years{got.scenarios[0].forecast.question.from ? "year" : "years from the first",
                        false};
  std::vector<Chart> out{{"How large a model to train", "", years, params_axis()},
                         {"On how many tokens", "", years, tokens_axis()},
                         {"The loss that it reaches", "", years, loss_axis()}};
  for (const Scenario& own : got.scenarios) {
    out[0].traces.push_back(over_years(own.forecast, own.name, &ForecastYear::N));
    out[1].traces.push_back(over_years(own.forecast, own.name, &ForecastYear::D));
    out[2].traces.push_back(over_years(own.forecast, own.name, &ForecastYear::loss));
  }
  return out;
}

std::string in_one_sentence(const Scenarios& got) {
  std::string out;
  for (const Scenario& own : got.scenarios) {
    const ForecastYear& last = own.forecast.years.back();
    if (last.end == PlanEnd::none) return "";
    out += fmt::format("{}{}, {} on {} tokens", out.empty() ? "" : "; ", own.name,
                       count_text(last.N.value), count_text(last.D.value));
  }
  return fmt::format(
      "In year {}: {}",
      whole_year(got.scenarios[0].forecast, got.scenarios[0].forecast.years.back().years), out);
}

}  // namespace

Document describe_scenarios(const FittedLaw& law, const Scenarios& got) {
  const auto has_samples = [](const Scenario& own) { return own.forecast.num_samples > 0; };
  auto said = std::find_if(got.scenarios.begin(), got.scenarios.end(), has_samples);
  if (said == got.scenarios.end()) said = got.scenarios.begin();
  Document out{"The years ahead, in scenarios",
               answer_by(law, in_one_sentence(got)),
               methods_of(law),
               {forecast_law(law, said->forecast)},
               [&got] { return charts_of(got); }};
  add_assumed(law, got, out);
  out.sections.push_back(quantity(got, "effective FLOP", &ForecastYear::effective, flops_text));
  out.sections.push_back(quantity(got, params_title(law), &ForecastYear::N, count_text));
  out.sections.push_back(quantity(got, "D, tokens", &ForecastYear::D, count_text));
  out.sections.push_back(quantity(got, "loss", &ForecastYear::loss, loss_text));
  add_dates(got, out);
  add_warnings(got.warnings(), out);
  return out;
}

}  // namespace isoloss
