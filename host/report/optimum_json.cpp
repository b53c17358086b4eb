#include <cmath>
#include <nlohmann/json.hpp>

#include "host/report/decoding_json.h"
#include "host/report/fitted_law.h"
#include "host/report/json_parts.h"
#include "host/report/optimum.h"
#include "host/report/optimum_json_parts.h"
#include "host/report/optimum_parts.h"

namespace isoloss {

const char* given_name(Given given) {
  static constexpr const char* kNames[] = {"cost", "params", "tokens", "loss"};
  return kNames[static_cast<int>(given)];
}

namespace {

const char* kind_name(QuestionKind kind) {
  static constexpr const char* kNames[] = {"training", "serving", "overhead", "models"};
  return kNames[static_cast<int>(kind)];
}

Json flat_range_json(const FlatRange& range) {
  return {{"share", range.share},
          {"least_params", estimate_json(range.least_N)},
          {"most_params", estimate_json(range.most_N)},
          {"least_tokens", estimate_json(range.least_D)},
          {"most_tokens", estimate_json(range.most_D)}};
}

Json bits_json(const Bits& bits) {
  const auto json = [](const std::optional<double>& own) {
    return own ? Json(*own) : Json(nullptr);
  };
  return {{"training", json(bits.training)}, {"post", json(bits.post)}, {"served", bits.served}};
}

Json chosen_json(const ChosenBits& own) {
  Json out = bits_json(own.bits);
  out["share_of_draws_alike"] = own.share_alike;
  if (own.tokens_that_hurt) out["tokens_that_hurt"] = estimate_json(*own.tokens_that_hurt);
  out["models"] = Json::array();
  for (const ModelOfBits& model : own.models) {
    out["models"].push_back(bits_json(model.bits));
    out["models"].back().update({{"end", name_of(model.end)},
                                 {"params", estimate_json(model.N)},
                                 {"tokens", estimate_json(model.D)},
                                 {"loss", estimate_json(model.loss)},
                                 {"cost", estimate_json(model.cost)}});
  }
  return out;
}

Json answer_json(const Answer& answer) {
  Json out{{"asked", number_json(answer.asked)},
           {"end", name_of(answer.end)},
           {"params", estimate_json(answer.N)},
           {"tokens", estimate_json(answer.D)},
           {"tokens_per_param", estimate_json(answer.tokens_per_param)},
           {"loss", estimate_json(answer.loss)},
           {"flops", estimate_json(answer.flops)},
           {"cost", estimate_json(answer.cost)},
           {"share_of_draws_without", answer.share_without}};
  if (answer.saving) out["saving"] = estimate_json(*answer.saving);
  if (answer.shrink) out["params_share"] = estimate_json(*answer.shrink);
  if (answer.overhead) out["overhead"] = estimate_json(*answer.overhead);
  if (answer.optimal_for) out["optimal_for_inference_tokens"] = estimate_json(*answer.optimal_for);
  if (answer.epochs) out["epochs"] = estimate_json(*answer.epochs);
  if (answer.worth)
    out["loss_fall_for_one_percent"] = {{"params", number_json(answer.worth->params)},
                                        {"repeats", number_json(answer.worth->repeats)},
                                        {"unique_tokens", number_json(answer.worth->unique)}};
  if (answer.extrapolation) out["extrapolation"] = number_json(*answer.extrapolation);
  if (answer.all_params) out["all_params"] = estimate_json(*answer.all_params);
  if (answer.bits) out["bits"] = chosen_json(*answer.bits);
  if (answer.step)
    out["token"] = {{"seconds", number_json(answer.step->seconds)},
                    {"bound_by", name_of(answer.step->bound)}};
  for (const FlatRange& range : answer.flat_ranges)
    out["flat_ranges"].push_back(flat_range_json(range));
  return out;
}

}  // namespace

Json prices_json(const Prices& prices) {
  return {{"train_utilisation", prices.train_utilisation},
          {"input_utilisation", prices.input_utilisation},
          {"output_utilisation", prices.output_utilisation},
          {"serving_factor", prices.serving_factor},
          {"train_price", prices.train_price},
          {"serve_price", prices.serve_price}};
}

std::string optimum_json(const FittedLaw& law, const Optimum& got) {
  const OptimumQuestion& asked = got.question;
  Json answers = Json::array();
  for (const Answer& answer : got.answers) answers.push_back(answer_json(answer));
  Json out{
      {"schema", "isoloss/optimum"}, {"schema_version", 1}, {"isoloss_version", ISOLOSS_VERSION}};
  add_fitted_law(law, out);
  out["question"] = kind_name(asked.kind);
  out["held"] = asked.plans.held;
  out["max_params"] = number_json(asked.plans.limits.max_params);
  out["max_tokens"] = number_json(asked.plans.limits.max_tokens);
  if (asked.decoding) out["serving"] = decoding_json(holding_of(asked));
  if (asked.kind == QuestionKind::training) out["given"] = given_name(asked.given);
  if (asked.kind == QuestionKind::serving || asked.kind == QuestionKind::overhead)
    out["quality"] = {{"given", given_name(asked.quality.given)},
                      {"value", number_json(asked.quality.value)}};
  if (asked.kind == QuestionKind::serving) out["prices"] = prices_json(asked.prices);
  if (got.cost)
    out["compute_cost"] = {{"coefficient", number_json(got.cost->cost.train)},
                           {"params_power", number_json(got.cost->cost.N_power)},
                           {"tokens_power", number_json(got.cost->cost.D_power)},
                           {"num_runs", got.cost->num_runs},
                           {"rms_log", number_json(got.cost->rms_log)}};
  out["answers"] = answers;
  out["warnings"] = warnings_json(got.warnings);
  return json_text(out);
}

}  // namespace isoloss
