#include "host/report/compare_optima.h"
#include "host/report/fitted_law.h"
#include "host/report/isoflop_parts.h"

namespace isoloss {
namespace {

const char* school_name(School school) {
  static constexpr const char* kNames[] = {"recipe",  "isoflop",  "own",      "served",
                                           "limited", "repeated", "quantised"};
  return kNames[static_cast<int>(school)];
}

Json model_json(const ComparedModel& model) {
  Json out{{"school", school_name(model.school)}};
  if (model.recipe != nullptr) {
    out["recipe"] = model.recipe->name;
    out["of"] = model.recipe->title;
    out["source"] = model.recipe->source;
    out["note"] = model.recipe->note;
    out["counts"] = count_name(model.recipe->counts_total);
  }
  if (model.school == School::served) out["served_tokens"] = number_json(model.served_tokens);
  if (model.terms) {
    out["loss_with_terms"] = number_json(model.terms->loss);
    out["own_loss_with_terms"] = number_json(model.terms->own_loss);
  }
  out["params"] = number_json(model.N);
  if (model.N_interval) out["params_interval"] = {model.N_interval->lower, model.N_interval->upper};
  out["tokens"] = number_json(model.D);
  out["tokens_per_param"] = number_json(model.D / model.N);
  out["loss"] = estimate_json(model.loss);
  out["flops"] = number_json(model.flops);
  out["lifetime_flops"] = number_json(model.lifetime_flops);
  out["overhead"] = estimate_json(model.overhead);
  return out;
}

Json budget_json(const ComparedBudget& budget) {
  Json models = Json::array();
  for (const ComparedModel& model : budget.models) models.push_back(model_json(model));
  return {{"flops", number_json(budget.flops)}, {"models", models}};
}

}  // namespace

std::string comparison_json(const FittedLaw& law, const OptimaComparison& got) {
  const CompareOptimaQuestion& asked = got.question;
  Json budgets = Json::array();
  for (const ComparedBudget& budget : got.budgets) budgets.push_back(budget_json(budget));
  Json out{{"schema", "isoloss/compare-optima"},
           {"schema_version", 1},
           {"isoloss_version", ISOLOSS_VERSION}};
  add_fitted_law(law, out);
  out["counts"] = count_name(asked.counts_total);
  out["flops_per_token_param"] = law.flops_per_token_param;
  out["held"] = asked.held;
  out["served_tokens"] = asked.served_tokens;
  if (asked.unique_tokens) out["unique_tokens"] = number_json(*asked.unique_tokens);
  if (asked.post_bits) out["post_bits"] = number_json(*asked.post_bits);
  if (asked.decoding) out["largest_params"] = number_json(largest_model(*asked.decoding).N);
  if (asked.isoflop)
    out["isoflop"] = {{"N_coefficient", number_json(asked.isoflop->law.coefficient.value)},
                      {"N_exponent", number_json(asked.isoflop->law.exponent.value)},
                      {"coefficient", estimate_json(asked.isoflop->law.coefficient)},
                      {"exponent", estimate_json(asked.isoflop->law.exponent)},
                      {"num_used", asked.isoflop->num_used},
                      {"budgets", isoflop_budgets_json(*asked.isoflop)}};
  out["budgets"] = budgets;
  out["warnings"] = warnings_json(got.warnings);
  return json_text(out);
}

}  // namespace isoloss
