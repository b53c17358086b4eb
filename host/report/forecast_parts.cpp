#include "host/report/forecast_parts.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "host/base/number_text.h"
#include "host/report/estimate_text.h"
#include "host/report/holding.h"

namespace isoloss {
namespace {

std::string factor_text(double factor) { return fmt::format("{:.5g}x", factor); }

// "4x (3x .. 5x)".
std::string with_range(const Uncertain& number, std::string (*text)(double)) {
  return estimate_text({number.value, {}, number.range}, text);
}

// "4x (3x .. 5x) a year, from 2030 on 2x".
std::string growth_text(const Forecast& got, const Growth& growth) {
  std::string out = with_range(growth.first, factor_text) + " a year";
  for (const Growth::Later& own : growth.later)
    out += fmt::format(", from {:g} on {}", got.question.from.value_or(0) + own.years,
                       with_range(own.rate, factor_text));
  return out;
}

std::string interval_sentence(const FittedLaw& law, const Forecast& got) {
  const std::size_t num = got.num_samples;
  if (num == 0) return "no intervals: the law has no draws, and no assumption has a range";
  const bool has_range = got.question.assumptions.has_range();
  const char* of = !law.has_draws() ? "of the ranges below alone: the law has no draws"
                   : has_range      ? "of the fit's draws and the ranges below together"
                                    : "of the fit's draws alone: no assumption has a range";
  std::string out =
      fmt::format("{} intervals from {} samples", confidence_text(law.confidence), num);
  return out.append(", ").append(of);
}

// What a FLOP costs and is worth.
void add_worth_of_flops(const Forecast& got, std::vector<Pair>& out) {
  const Assumptions& own = got.question.assumptions;
  if (own.hardware)
    out.push_back(
        {"hardware", growth_text(got, *own.hardware) + ": the FLOP that the same money buys"});
  const char* name = own.hardware || own.algorithms ? "algorithms" : "efficiency";
  out.push_back({name, own.worth()
                           ? fmt::format("{}: effective FLOP are worth as much as FLOP of year {}",
                                         growth_text(got, *own.worth()), whole_year(got, 0))
                           : "the same in all years"});
}

std::string data_text(const Forecast& got) {
  const Assumptions& own = got.question.assumptions;
  if (!own.unique_tokens) return "without end";
  return fmt::format(
      "{} in year {}, {}", with_range(*own.unique_tokens, count_text), whole_year(got, 0),
      own.data_growth ? growth_text(got, *own.data_growth) : "the same in all years");
}

}  // namespace

std::string budget_over_years(const Forecast& got) {
  const Assumptions& own = got.question.assumptions;
  return fmt::format("{} FLOP {} year {}, {}", with_range(own.compute, flops_text),
                     own.hardware ? "at the prices of" : "in", whole_year(got, 0),
                     growth_text(got, own.growth));
}

std::string whole_year(const Forecast& got, int years) {
  return std::to_string(got.question.from.value_or(0) + years);
}

std::string year_text(const Forecast& got, double years) {
  if (std::isinf(years)) return fmt::format("later than {} years", kMostYears);
  return fmt::format("{:.1f}", got.question.from.value_or(0) + years);
}

Section forecast_law(const FittedLaw& law, const Forecast& got) {
  return {"Law",
          {Formula{law.law.name, law.law.formula},
           Note{law.source.empty() ? law.title : law.title + "; " + law.source, 0, 2},
           Note{interval_sentence(law, got)}}};
}

Section forecast_assumptions(const FittedLaw& law, const Forecast& got) {
  const Assumptions& own = got.question.assumptions;
  Pairs out{{{own.hardware ? "spending" : "compute", budget_over_years(got)}}};
  add_worth_of_flops(got, out.pairs);
  out.pairs.push_back({"unique tokens", data_text(got)});
  out.width = 15;
  add_bits_cost(holding_of(got.question), out.pairs);
  add_holding(holding_of(got.question), out.pairs);
  for (const auto& [name, value] : held_for(law.law, got.question.plans.held))
    out.pairs.push_back({"held", fmt::format("{} {}", name, count_text(value))});
  out.pairs.push_back({"budget", fmt::format("C = {:g} N D", law.flops_per_token_param)});
  if (own.has_range())
    out.pairs.push_back(
        {"ranges", fmt::format("hold {:g}% of samples (seed {}); the value before is the median, "
                               "on each side of it the log is normal, and a sample keeps its rates "
                               "in all years",
                               100 * kRangeProbability, got.question.sampling.seed)});
  return {"Assumptions", {out}};
}

Cell forecast_cell(const Estimate& estimate, std::string (*text)(double)) {
  if (std::isnan(estimate.value)) return "none";
  Estimate own = estimate;
  if (own.interval && text(own.interval->lower) == text(own.interval->upper)) own.interval.reset();
  return {estimate_text(own, text), estimate};
}

std::string binding_text(const Forecast& got) {
  const Estimate& at = got.binding->years;
  std::string out = std::isinf(at.value) ? fmt::format("none of the next {} years", kMostYears)
                                         : year_text(got, at.value);
  if (at.interval)
    out += fmt::format(" ({} .. {})", year_text(got, at.interval->lower),
                       year_text(got, at.interval->upper));
  return out;
}

Table table_by_year(const Forecast& got) {
  Table out{{{"year"}}};
  for (const ForecastYear& year : got.years) out.rows.push_back({whole_year(got, year.years)});
  return out;
}

Section forecast_recipes(const Forecast& got) {
  Table table = table_by_year(got);
  for (const RecipeYears& own : got.recipes) {
    table.columns.push_back({own.recipe->name + (own.recipe->counts_total ? "" : " *")});
    for (std::size_t i = 0; i < table.rows.size(); ++i)
      table.rows[i].emplace_back(
          fmt::format("{} on {}", count_text(own.points[i].N), count_text(own.points[i].D)));
  }
  const bool any_starred =
      std::any_of(got.recipes.begin(), got.recipes.end(),
                  [](const RecipeYears& own) { return !own.recipe->counts_total; });
  const Note note{fmt::format("other recipes for the same {}: N parameters on D tokens{}",
                              got.question.assumptions.worth() ? "effective FLOP" : "FLOP",
                              any_starred ? "; * N without embeddings" : ""),
                  2};
  return {"Other recipes", {note, table}};
}

}  // namespace isoloss
