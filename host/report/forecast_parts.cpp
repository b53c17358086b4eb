#include "host/report/forecast_parts.h"

#include <fmt/format.h>

#include <algorithm>

#include "host/base/number_text.h"
#include "host/report/estimate_text.h"

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

std::string interval_sentence(const FittedLaw& law, const ForecastReport& report) {
  const std::size_t num = report.forecast.num_samples;
  if (num == 0) return "no intervals: the law has no draws, and no assumption has a range";
  const bool has_range = report.assumptions.has_range();
  const char* of = !law.has_draws() ? "of the ranges below alone: the law has no draws"
                   : has_range      ? "of the fit's draws and the ranges below together"
                                    : "of the fit's draws alone: no assumption has a range";
  std::string out =
      fmt::format("{} intervals from {} samples", confidence_text(law.confidence), num);
  return out.append(", ").append(of);
}

std::string efficiency_text(const ForecastReport& report) {
  if (!report.assumptions.efficiency) return "the same in all years";
  return fmt::format("{}: effective FLOP are worth as much as FLOP of year {}",
                     growth_text(report.assumptions.efficiency), whole_year(report, 0));
}

std::string data_text(const ForecastReport& report) {
  const Assumptions& own = report.assumptions;
  if (!own.unique_tokens) return "without end";
  return fmt::format("{} in year {}, {}", with_range(*own.unique_tokens, count_text),
                     whole_year(report, 0),
                     own.data_growth ? growth_text(own.data_growth) : "the same in all years");
}

}  // namespace

std::string whole_year(const ForecastReport& report, int years) {
  return std::to_string(report.from.value_or(0) + years);
}

Section forecast_law(const FittedLaw& law, const ForecastReport& report) {
  return {"Law",
          {Formula{law.law.name, law.law.formula},
           Note{law.source.empty() ? law.title : law.title + "; " + law.source, 0, 2},
           Note{interval_sentence(law, report)}}};
}

Section forecast_assumptions(const ForecastReport& report) {
  const Assumptions& own = report.assumptions;
  Pairs out{{{"compute", fmt::format("{} FLOP in year {}, {}", with_range(own.compute, flops_text),
                                     whole_year(report, 0), growth_text(own.growth))},
             {"efficiency", efficiency_text(report)},
             {"unique tokens", data_text(report)}}};
  out.width = 15;
  for (const auto& [name, value] : report.held)
    out.pairs.push_back({"held", fmt::format("{} {}", name, count_text(value))});
  out.pairs.push_back({"budget", fmt::format("C = {:g} N D", report.flops_per_token_param)});
  if (own.has_range())
    out.pairs.push_back(
        {"ranges", fmt::format("hold {:g}% of samples (seed {}); the value before is the median, "
                               "on each side of it the log is normal, and a sample keeps its rates "
                               "in all years",
                               100 * kRangeProbability, report.seed)});
  return {"Assumptions", {out}};
}

Table table_by_year(const ForecastReport& report) {
  Table out{{{"year"}}};
  for (const ForecastYear& year : report.forecast.years)
    out.rows.push_back({whole_year(report, year.years)});
  return out;
}

Section forecast_recipes(const ForecastReport& report) {
  Table table = table_by_year(report);
  for (const RecipeYears& own : report.recipes) {
    table.columns.push_back({own.recipe.name + (own.recipe.counts_total ? "" : " *")});
    for (std::size_t i = 0; i < table.rows.size(); ++i)
      table.rows[i].emplace_back(
          fmt::format("{} on {}", count_text(own.points[i].N), count_text(own.points[i].D)));
  }
  const bool any_starred =
      std::any_of(report.recipes.begin(), report.recipes.end(),
                  [](const RecipeYears& own) { return !own.recipe.counts_total; });
  const Note note{fmt::format("other recipes for the same {}: N parameters on D tokens{}",
                              report.assumptions.efficiency ? "effective FLOP" : "FLOP",
                              any_starred ? "; * N without embeddings" : ""),
                  2};
  return {"Other recipes", {note, table}};
}

}  // namespace isoloss
