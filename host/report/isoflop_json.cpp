#include "host/report/isoflop.h"
#include "host/report/isoflop_parts.h"

namespace isoloss {
namespace {

const char* fault_name(SliceFault fault) {
  static constexpr const char* kNames[] = {"none", "too_few", "no_least", "outside", "no_budget"};
  return kNames[static_cast<int>(fault)];
}

Json budget_json(const IsoflopBudget& own) {
  Json out{{"budget", own.budget}, {"num_runs", own.num_runs}};
  if (own.fault != SliceFault::none) {
    out["left_out"] = fault_name(own.fault);
    return out;
  }
  out["size"] = estimate_json(own.size);
  out["loss"] = estimate_json(own.loss);
  if (own.surface_size) out["surface_size"] = number_json(*own.surface_size);
  return out;
}

Json plan_json(const Isoflop& answer, std::size_t place) {
  const IsoflopPlan& plan = answer.plans[place];
  Json out{{"budget", plan.budget}, {"size", estimate_json(plan.size)}};
  if (plan.other)
    out[answer.question.size == "params" ? "tokens" : "params"] = estimate_json(*plan.other);
  if (plan.surface_size) out["surface_size"] = estimate_json(*plan.surface_size);
  if (answer.bias) out["bias_factor"] = number_json(answer.bias->factor[place]);
  return out;
}

}  // namespace

Json isoflop_budgets_json(const Isoflop& answer) {
  Json out = Json::array();
  for (const IsoflopBudget& own : answer.budgets) out.push_back(budget_json(own));
  return out;
}

std::string isoflop_json(const Isoflop& answer) {
  Json plans = Json::array();
  for (std::size_t i = 0; i < answer.plans.size(); ++i) plans.push_back(plan_json(answer, i));
  Json out{{"schema", "isoloss/isoflop"},
           {"schema_version", 1},
           {"isoloss_version", ISOLOSS_VERSION},
           {"path", answer.path},
           {"size", answer.question.size},
           {"budget", answer.question.budget.empty() ? "compute" : answer.question.budget},
           {"curve", std::string(name_of(answer.question.curve))},
           {"tolerance", answer.question.tolerance},
           {"flops_per_token_param", answer.flops_per_token_param},
           {"num_resamples", answer.num_resamples},
           {"seed", answer.seed},
           {"confidence", answer.confidence},
           {"budgets", isoflop_budgets_json(answer)},
           {"num_used", answer.num_used},
           {"exponent", estimate_json(answer.law.exponent)},
           {"coefficient", estimate_json(answer.law.coefficient)},
           {"share_without", answer.share_without},
           {"plans", plans}};
  if (answer.bias)
    out["bias"] = {{"exponent", answer.bias->exponent},
                   {"surface_exponent", answer.bias->surface_exponent}};
  out["warnings"] = warnings_json(answer.warnings);
  return json_text(out);
}

}  // namespace isoloss
