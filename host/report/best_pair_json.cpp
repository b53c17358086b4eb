#include "host/report/best_pair.h"
#include "host/report/fitted_law.h"
#include "host/report/json_parts.h"

namespace isoloss {
namespace {

Json pair_answer_json(const PairAnswer& answer) {
  return {{"asked", number_json(answer.budget)},  {"end", answer.is_none ? "none" : "interior"},
          {"first", estimate_json(answer.first)}, {"second", estimate_json(answer.second)},
          {"loss", estimate_json(answer.loss)},   {"share_of_draws_without", answer.share_without}};
}

}  // namespace

std::string best_pair_json(const FittedLaw& law, const BestPair& got) {
  Json answers = Json::array();
  for (const PairAnswer& answer : got.answers) answers.push_back(pair_answer_json(answer));
  Json out{
      {"schema", "isoloss/optimum"}, {"schema_version", 1}, {"isoloss_version", ISOLOSS_VERSION}};
  add_fitted_law(law, out);
  out["question"] = "pair";
  out["held"] = got.question.held;
  out["compute_formula"] = got.question.cost;
  out["pair"] = {got.first.column, got.second.column};
  out["answers"] = answers;
  out["warnings"] = warnings_json(got.warnings);
  return json_text(out);
}

}  // namespace isoloss
