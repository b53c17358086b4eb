#include <nlohmann/json.hpp>

#include "host/report/decoding_json.h"
#include "host/report/fitted_law.h"
#include "host/report/forecast.h"
#include "host/report/json_parts.h"
#include "host/report/scenarios.h"

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

Json serving_json(const Forecast& got) {
  if (!got.question.decoding) return nullptr;
  return decoding_json(holding_of(got.question));
}

Json assumptions_json(const FittedLaw& law, const Forecast& got) {
  const Assumptions& own = got.question.assumptions;
  const int first_year = got.question.from.value_or(0);
  return {{"flops", uncertain_json(own.compute)},
          {"flops_growth_per_year", growth_json(own.growth, first_year)},
          {"efficiency_growth_per_year", growth_json(own.efficiency, first_year)},
          {"hardware_growth_per_year", growth_json(own.hardware, first_year)},
          {"algorithms_growth_per_year", growth_json(own.algorithms, first_year)},
          {"unique_tokens", uncertain_json(own.unique_tokens)},
          {"unique_tokens_growth_per_year", growth_json(own.data_growth, first_year)},
          {"range_probability", kRangeProbability},
          {"flops_per_token_param", law.flops_per_token_param},
          {"max_params", number_json(got.question.plans.limits.max_params)},
          {"serving", serving_json(got)},
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

Json year_bits_json(const YearBits& own) {
  Json out{{"served", own.bits.served}, {"share_alike", own.share_alike}};
  if (own.bits.training) out["training"] = *own.bits.training;
  if (own.bits.post) out["post"] = *own.bits.post;
  return out;
}

Json year_json(const Forecast& got, const ForecastYear& year) {
  Json out{{"year", got.question.from.value_or(0) + year.years},
           {"flops", estimate_json(year.compute)},
           {"effective_flops", estimate_json(year.effective)},
           {"has_optimum", year.end != PlanEnd::none},
           {"end", name_of(year.end)},
           {"params", estimate_json(year.N)},
           {"tokens", estimate_json(year.D)},
           {"tokens_per_param", estimate_json(year.tokens_per_param)},
           {"loss", estimate_json(year.loss)},
           {"share_of_samples_without", year.share_without}};
  if (year.extrapolation) out["extrapolation"] = number_json(*year.extrapolation);
  if (year.spent) out["spent_flops"] = estimate_json(*year.spent);
  if (year.data) out["data"] = data_json(*year.data);
  if (year.bits) out["bits"] = year_bits_json(*year.bits);
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

// All of a forecast but its law.
void add_forecast(const FittedLaw& law, const Forecast& got, Json& to) {
  Json years = Json::array(), recipes = Json::array();
  for (const ForecastYear& year : got.years) years.push_back(year_json(got, year));
  for (const RecipeYears& own : got.recipes) recipes.push_back(recipe_json(own));
  to["num_samples"] = got.num_samples;
  to["seed"] = got.question.sampling.seed;
  to["assumptions"] = assumptions_json(law, got);
  to["years"] = years;
  if (got.binding) to["data_bind"] = binding_json(*got.binding);
  if (!got.untils.empty()) to["until"] = Json::array();
  for (const UntilYears& own : got.untils) to["until"].push_back(until_json(own));
  to["recipes"] = recipes;
  to["warnings"] = warnings_json(got.warnings);
}

Json head_json(const FittedLaw& law) {
  Json out{
      {"schema", "isoloss/forecast"}, {"schema_version", 1}, {"isoloss_version", ISOLOSS_VERSION}};
  add_fitted_law(law, out);
  return out;
}

}  // namespace

std::string forecast_json(const FittedLaw& law, const Forecast& got) {
  Json out = head_json(law);
  add_forecast(law, got, out);
  return json_text(out);
}

std::string scenarios_json(const FittedLaw& law, const Scenarios& got) {
  Json out = head_json(law);
  out["scenarios"] = Json::array();
  for (const Scenario& own : got.scenarios) {
    out["scenarios"].push_back({{"name", own.name}, {"note", own.note}});
    add_forecast(law, own.forecast, out["scenarios"].back());
  }
  out["warnings"] = warnings_json(got.warnings());
  return json_text(out);
}

}  // namespace isoloss
