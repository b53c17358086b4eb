#include <nlohmann/json.hpp>

#include "host/report/fitted_law.h"
#include "host/report/forecast.h"
#include "host/report/json_parts.h"

namespace isoloss {
namespace {

Json uncertain_json(const Uncertain& number) {
  Json out{{"value", number.value}, {"range", nullptr}};
  if (number.range) out["range"] = {number.range->lower, number.range->upper};
  return out;
}

Json uncertain_json(const std::optional<Uncertain>& number) {
  return number ? uncertain_json(*number) : Json(nullptr);
}

Json growth_json(const std::optional<Growth>& growth, int first_year) {
  if (!growth) return nullptr;
  Json out = uncertain_json(growth->first);
  out["later"] = Json::array();
  for (const Growth::Later& own : growth->later) {
    out["later"].push_back(uncertain_json(own.rate));
    out["later"].back()["year"] = first_year + own.years;
  }
  return out;
}

Json assumptions_json(const FittedLaw& law, const Forecast& got) {
  const Assumptions& own = got.question.assumptions;
  const int first_year = got.question.from.value_or(0);
  return {{"flops", uncertain_json(own.compute)},
          {"flops_growth_per_year", growth_json(own.growth, first_year)},
          {"efficiency_growth_per_year", growth_json(own.efficiency, first_year)},
          {"unique_tokens", uncertain_json(own.unique_tokens)},
          {"unique_tokens_growth_per_year", growth_json(own.data_growth, first_year)},
          {"range_probability", kRangeProbability},
          {"flops_per_token_param", law.flops_per_token_param},
          {"held", held_for(law.law, got.question.plans.held)}};
}

Json data_json(const DataYear& data) {
  Json out{{"unique_tokens", estimate_json(data.stock)},
           {"tokens_over_unique", estimate_json(data.asked)},
           {"once",
            {{"params", estimate_json(data.params_once)},
             {"loss", estimate_json(data.loss_once)},
             {"loss_above", estimate_json(data.cost_once)}}}};
  if (data.params_repeated)
    out["repeated"] = {{"params", estimate_json(*data.params_repeated)},
                       {"tokens", estimate_json(*data.tokens_repeated)},
                       {"loss", estimate_json(*data.loss_repeated)},
                       {"loss_above", estimate_json(*data.cost_repeated)}};
  return out;
}

Json year_json(const Forecast& got, const ForecastYear& year) {
  Json out{{"year", got.question.from.value_or(0) + year.years},
           {"flops", estimate_json(year.compute)},
           {"effective_flops", estimate_json(year.effective)},
           {"has_optimum", year.end != PlanEnd::none},
           {"params", estimate_json(year.N)},
           {"tokens", estimate_json(year.D)},
           {"tokens_per_param", estimate_json(year.tokens_per_param)},
           {"loss", estimate_json(year.loss)},
           {"share_of_samples_without", year.share_without}};
  if (year.extrapolation) out["extrapolation"] = number_json(*year.extrapolation);
  if (year.data) out["data"] = data_json(*year.data);
  return out;
}

Json recipe_json(const RecipeYears& own) {
  Json points = Json::array();
  for (const RecipePoint& at : own.points)
    points.push_back({{"flops", number_json(at.flops)},
                      {"params", number_json(at.N)},
                      {"tokens", number_json(at.D)},
                      {"tokens_per_param", number_json(at.tokens_per_param())}});
  return {{"recipe", own.recipe->name},
          {"source", own.recipe->source},
          {"counts", count_name(own.recipe->counts_total)},
          {"years", points}};
}

// Years since the first one; null: later than kMostYears.
Json binding_json(const Binding& binding) {
  Json out{{"years", estimate_json(binding.years)}, {"latest_looked_at", kMostYears}};
  if (binding.share_by_end) out["share_of_samples_by_the_end"] = *binding.share_by_end;
  return out;
}

const char* seen_name(TokensSeen seen) {
  return seen == TokensSeen::as_best ? "as_best" : seen == TokensSeen::once ? "once" : "repeated";
}

// Years since the first one; null: later than kMostYears.
Json until_json(const UntilYears& own) {
  Json out{{"what", name_of(own.until.kind)}, {"value", own.until.value}};
  if (own.until.kind == UntilKind::stock) out["value"] = "stock";
  if (own.until.kind == UntilKind::loss) out["tokens_seen"] = seen_name(own.seen);
  out["years"] = number_json(own.stated);
  if (!own.at_shares) return out;
  out["years_at"] = Json::array();
  for (std::size_t i = 0; i < kUntilShares.size(); ++i)
    out["years_at"].push_back(
        {{"share_of_samples", kUntilShares[i]}, {"years", number_json((*own.at_shares)[i])}});
  out["share_of_samples_by_the_end"] = *own.share_by_end;
  out["share_of_samples_never"] = *own.share_never;
  return out;
}

}  // namespace

std::string forecast_json(const FittedLaw& law, const Forecast& got) {
  Json years = Json::array(), recipes = Json::array();
  for (const ForecastYear& year : got.years) years.push_back(year_json(got, year));
  for (const RecipeYears& own : got.recipes) recipes.push_back(recipe_json(own));
  Json out{
      {"schema", "isoloss/forecast"}, {"schema_version", 1}, {"isoloss_version", ISOLOSS_VERSION}};
  add_fitted_law(law, out);
  out["num_samples"] = got.num_samples;
  out["seed"] = got.question.sampling.seed;
  out["assumptions"] = assumptions_json(law, got);
  out["years"] = years;
  if (got.binding) out["data_bind"] = binding_json(*got.binding);
  if (!got.untils.empty()) out["until"] = Json::array();
  for (const UntilYears& own : got.untils) out["until"].push_back(until_json(own));
  out["recipes"] = recipes;
  out["warnings"] = warnings_json(got.warnings);
  return json_text(out);
}

}  // namespace isoloss
