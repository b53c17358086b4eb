#include "host/report/fitted_law.h"
#include "host/report/json_parts.h"
#include "host/report/synthetic.h"

namespace isoloss {
namespace {

const char* end_word(PlanEnd end) {
  if (end == PlanEnd::none) return "none";
  return end == PlanEnd::at_max_params ? "at_max_params" : "interior";
}

Json synthetic_answer_json(const SyntheticAnswer& own) {
  Json out{{"asked", number_json(own.budget)},
           {"end", end_word(own.end)},
           {"params", estimate_json(own.N)},
           {"tokens", estimate_json(own.trained)},
           {"loss", estimate_json(own.loss)},
           {"real_tokens", estimate_json(own.real)},
           {"generated_tokens", estimate_json(own.generated)},
           {"passes", estimate_json(own.passes)},
           {"generation_share", estimate_json(own.share)},
           {"without",
            {{"params", estimate_json(own.without.N)},
             {"tokens", estimate_json(own.without.trained)},
             {"loss", estimate_json(own.without.loss)}}},
           {"break_even_worth", own.break_even ? estimate_json(*own.break_even) : Json(nullptr)},
           {"share_of_draws_paying", number_json(own.share_paying)},
           {"share_of_draws_without", own.share_without},
           {"curve", {{"generated_tokens", own.curve_generated}, {"loss", own.curve_loss}}}};
  if (own.extrapolation) out["extrapolation"] = number_json(*own.extrapolation);
  return out;
}

Json worth_json(const std::optional<Uncertain>& worth) {
  if (!worth) return nullptr;
  Json out{{"value", worth->value}, {"range", nullptr}};
  if (worth->range) out["range"] = {worth->range->lower, worth->range->upper};
  return out;
}

}  // namespace

std::string synthetic_json(const FittedLaw& law, const Synthetic& got) {
  const SyntheticQuestion& asked = got.question;
  Json answers = Json::array();
  for (const SyntheticAnswer& own : got.answers) answers.push_back(synthetic_answer_json(own));
  Json out{
      {"schema", "isoloss/optimum"}, {"schema_version", 1}, {"isoloss_version", ISOLOSS_VERSION}};
  add_fitted_law(law, out);
  HeldInputs held = asked.plans.held;
  held.erase(kUniqueTokens);
  out["question"] = "synthetic";
  out["held"] = held;
  out["max_params"] = number_json(asked.plans.limits.max_params);
  out["synthetic"] = {{"cost", asked.generation},
                      {"worth", worth_json(asked.worth)},
                      {"unique_tokens", asked.real_tokens},
                      {"repeats", got.weighing == Weighing::repeated},
                      {"seed", asked.seed}};
  out["answers"] = answers;
  out["warnings"] = warnings_json(got.warnings);
  return json_text(out);
}

}  // namespace isoloss
