#include "host/report/forecast_parts.h"

#include <fmt/format.h>

#include <algorithm>

#include "host/base/number_text.h"
#include "host/report/estimate_text.h"
#include "host/report/table.h"
#include "host/report/wrap.h"

namespace isoloss {
namespace {

std::string factor_text(double factor) { return fmt::format("{:.5g}x", factor); }

// "4x (3x .. 5x)".
std::string with_range(const Uncertain& number, std::string (*text)(double)) {
  return estimate_text({number.value, {}, number.range}, text);
}

std::string growth_text(const std::optional<Uncertain>& growth) {
  if (!growth) return "";
  return with_range(*growth, factor_text) + " a year";
}

std::string interval_line(const FittedLaw& law, const ForecastReport& report) {
  const std::size_t num = report.forecast.num_samples;
  if (num == 0) return "no intervals: the law has no draws, and no assumption has a range\n";
  const bool has_range = report.assumptions.has_range();
  const char* of = !law.has_draws() ? "of the ranges below alone: the law has no draws"
                   : has_range      ? "of the fit's draws and the ranges below together"
                                    : "of the fit's draws alone: no assumption has a range";
  std::string out =
      fmt::format("{} intervals from {} samples", confidence_text(law.confidence), num);
  return out.append(", ").append(of).append("\n");
}

std::string compute_lines(const ForecastReport& report) {
  const Assumptions& own = report.assumptions;
  std::string out =
      fmt::format("  compute        {} FLOP in year {}, {}\n", with_range(own.compute, flops_text),
                  whole_year(report, 0), growth_text(own.growth));
  if (!own.efficiency) return out + "  efficiency     the same in all years\n";
  return out +
         fmt::format("  efficiency     {}: effective FLOP are worth as much as FLOP of year {}\n",
                     growth_text(own.efficiency), whole_year(report, 0));
}

std::string data_line(const ForecastReport& report) {
  const Assumptions& own = report.assumptions;
  if (!own.unique_tokens) return "  unique tokens  without end\n";
  return fmt::format("  unique tokens  {} in year {}, {}\n",
                     with_range(*own.unique_tokens, count_text), whole_year(report, 0),
                     own.data_growth ? growth_text(own.data_growth) : "the same in all years");
}

}  // namespace

std::string whole_year(const ForecastReport& report, int years) {
  return std::to_string(report.from.value_or(0) + years);
}

std::string forecast_head(const FittedLaw& law, const ForecastReport& report) {
  std::string out =
      wrapped(fmt::format("{}   {}", law.law.name, law.law.formula), 0, kForecastWidth);
  out +=
      wrapped(law.source.empty() ? law.title : law.title + "; " + law.source, 0, kForecastWidth, 2);
  out.append(interval_line(law, report)).append("\n");
  out += compute_lines(report) + data_line(report);
  for (const auto& [name, value] : report.held)
    out += fmt::format("  held           {} {}\n", name, count_text(value));
  out += fmt::format("  budget         C = {:g} N D\n", report.flops_per_token_param);
  if (report.assumptions.has_range())
    out +=
        wrapped(fmt::format("ranges         hold {:g}% of samples (seed {}); the value before is "
                            "the median, on each side of it the log is normal, and a sample "
                            "keeps its rates in all years",
                            100 * kRangeProbability, report.seed),
                2, kForecastWidth, 15);
  return out;
}

std::string tables_by_year(const ForecastReport& report, const std::vector<TextRow>& columns) {
  std::vector<TextRow> years{{"year"}};
  for (const ForecastYear& year : report.forecast.years)
    years.push_back({whole_year(report, year.years)});
  std::string out;
  std::vector<TextRow> rows = years;
  const auto add = [&](const TextRow& column) {
    for (std::size_t i = 0; i < rows.size(); ++i) rows[i].push_back(column[i]);
  };
  for (const TextRow& column : columns) {
    const std::string before = text_table(rows);
    const bool is_first = rows[0].size() == 1;
    add(column);
    if (is_first || width_of(text_table(rows)) <= kForecastWidth) continue;
    out.append(before).append("\n");
    rows = years;
    add(column);
  }
  return out + text_table(rows);
}

std::string forecast_recipes(const ForecastReport& report) {
  std::vector<TextRow> columns;
  for (const RecipeYears& own : report.recipes) {
    TextRow cells{own.recipe.name + (own.recipe.counts_total ? "" : " *")};
    for (const RecipePoint& at : own.points)
      cells.push_back(fmt::format("{} on {}", count_text(at.N), count_text(at.D)));
    columns.push_back(cells);
  }
  const bool any_starred =
      std::any_of(report.recipes.begin(), report.recipes.end(),
                  [](const RecipeYears& own) { return !own.recipe.counts_total; });
  return fmt::format("  other recipes for the same {}: N parameters on D tokens{}\n{}",
                     report.assumptions.efficiency ? "effective FLOP" : "FLOP",
                     any_starred ? "; * N without embeddings" : "",
                     tables_by_year(report, columns));
}

}  // namespace isoloss
