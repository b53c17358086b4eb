#include <cmath>

#include "host/report/decoding_json.h"
#include "host/report/fitted_law.h"
#include "host/report/optimum_json_parts.h"
#include "host/report/thinking.h"

namespace isoloss {
namespace {

// A demand that is infinite has no number: `pays` says which it is.
Json break_even_json(const BreakEven& own) {
  return {{"samples", own.samples},
          {"pays", own.demand == 0             ? "never"
                   : std::isfinite(own.demand) ? "below"
                                               : "always"},
          {"demand", number_json(own.demand)}};
}

Json sampled_json(const SampledModel& own) {
  return {{"samples", own.samples},
          {"end", own.is_by_chance ? "by_chance" : name_of(own.end)},
          {"accuracy", estimate_json(own.accuracy)},
          {"loss", estimate_json(own.loss)},
          {"params", estimate_json(own.N)},
          {"tokens", estimate_json(own.D)},
          {"flops", estimate_json(own.flops)},
          {"served", own.served},
          {"cost", estimate_json(own.cost)},
          {"saving", estimate_json(own.saving)},
          {"share_of_draws_best", own.share_best},
          {"share_of_draws_without", own.share_without}};
}

Json thinking_answer_json(const ThinkingAnswer& own) {
  const SampledModel* best = own.best ? &own.models[*own.best] : nullptr;
  Json out{{"asked", number_json(own.asked)},
           {"end", best ? name_of(best->end) : "none"},
           {"samples", best ? Json(best->samples) : Json(nullptr)},
           {"share_of_draws_alike", best ? best->share_best : 0},
           {"params", estimate_json(own.N)},
           {"tokens", estimate_json(own.D)},
           {"loss", estimate_json(own.loss)},
           {"flops", estimate_json(own.flops)},
           {"cost", estimate_json(own.cost)},
           {"saving", estimate_json(own.saving)},
           {"saving_over_optimal", estimate_json(own.saving_over_trained)},
           {"one_sample",
            {{"params", estimate_json(own.N_of_one)}, {"tokens", estimate_json(own.D_of_one)}}},
           {"share_of_draws_without", own.share_without}};
  if (own.extrapolation) out["extrapolation"] = number_json(*own.extrapolation);
  out["models"] = Json::array();
  for (const SampledModel& model : own.models) out["models"].push_back(sampled_json(model));
  return out;
}

Json accuracy_json(const AccuracyOfLoss& own) {
  return {{"formula", own.law ? own.law->law.formula : own.formula},
          {"of", own.law ? Json(own.law->title) : Json(nullptr)},
          {"sample_exponent", own.exponent ? Json(*own.exponent) : Json(nullptr)}};
}

}  // namespace

std::string thinking_json(const FittedLaw& law, const Thinking& got) {
  const ThinkingQuestion& asked = got.question;
  const OptimumQuestion& serving = asked.serving;
  Json out{
      {"schema", "isoloss/optimum"}, {"schema_version", 1}, {"isoloss_version", ISOLOSS_VERSION}};
  add_fitted_law(law, out);
  out["question"] = "thinking";
  out["held"] = serving.plans.held;
  out["max_params"] = number_json(serving.plans.limits.max_params);
  out["max_tokens"] = number_json(serving.plans.limits.max_tokens);
  if (serving.decoding) out["serving"] = decoding_json(holding_of(serving));
  out["accuracy"] = accuracy_json(asked.accuracy);
  out["target"] = estimate_json(got.target);
  out["loss_of_one_sample"] = estimate_json(got.loss_of_one);
  if (!asked.target)
    out["quality"] = {{"given", given_name(serving.quality.given)},
                      {"value", number_json(serving.quality.value)}};
  out["query"] = nullptr;
  if (asked.query)
    out["query"] = {{"input_tokens", asked.query->input_tokens},
                    {"output_tokens", asked.query->output_tokens}};
  out["prices"] = prices_json(serving.prices);
  out["break_evens"] = Json::array();
  for (const BreakEven& own : got.break_evens) out["break_evens"].push_back(break_even_json(own));
  out["answers"] = Json::array();
  for (const ThinkingAnswer& own : got.answers) out["answers"].push_back(thinking_answer_json(own));
  out["warnings"] = warnings_json(got.warnings);
  return json_text(out);
}

}  // namespace isoloss
