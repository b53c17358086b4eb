#include "host/report/compare_laws.h"
#include "host/report/held_out_parts.h"

namespace isoloss {
namespace {

Json fold_json(const CompareLaws& answer, const FoldFit& fold) {
  Json out{{"holdout", answer.question.holdouts[fold.holdout].text()},
           {"label", fold.label},
           {"num_fitted", fold.num_fitted},
           {"num_held_out", fold.num_held_out}};
  if (!fold.failure.empty()) {
    out["failure"] = fold.failure;
    return out;
  }
  out["status"] = status_name(fold.status);
  out["mean_absolute"] = number_json(fold.mean_absolute);
  return out;
}

Json distance_json(const ErrorAtDistance& own) {
  return {{"at_least", own.at_least},
          {"below", number_json(own.below)},
          {"error", held_out_json(own.error)}};
}

Json answer_json(double budget, const Answer& own) {
  return {{"flops", budget},
          {"params", estimate_json(own.N)},
          {"tokens", estimate_json(own.D)},
          {"loss", estimate_json(own.loss)}};
}

Json information_json(const Information& own) {
  return {{"num_free", own.num_free},
          {"aicc", number_json(own.aicc)},
          {"bic", number_json(own.bic)},
          {"weight", own.weight}};
}

Json law_json(const CompareLaws& answer, const ComparedLaw& law) {
  Json folds = Json::array(), answers = Json::array(), distances = Json::array();
  for (const FoldFit& fold : law.folds) folds.push_back(fold_json(answer, fold));
  for (const ErrorAtDistance& own : law.by_distance) distances.push_back(distance_json(own));
  for (std::size_t i = 0; i < law.answers.size(); ++i)
    if (law.answers[i]) answers.push_back(answer_json(answer.question.budgets[i], *law.answers[i]));
  Json out{{"law", law.name}, {"formula", law.law->formula}, {"folds", folds}};
  if (law.information) out["information"] = information_json(*law.information);
  if (!law.error) return out;
  out["error"] = held_out_json(*law.error);
  if (law.r2_within) out["r2_log_within_runs"] = *law.r2_within;
  out["excess"] = estimate_json(law.excess);
  out["weight"] = law.weight;
  out["by_distance"] = distances;
  if (!answers.empty()) out["answers"] = answers;
  return out;
}

Json mean_json(const MeanAnswer& own) {
  return {{"flops", own.budget},
          {"params", estimate_json(own.N)},
          {"tokens", estimate_json(own.D)},
          {"loss", estimate_json(own.loss)}};
}

}  // namespace

std::string compare_laws_json(const CompareLaws& answer) {
  Json laws = Json::array(), passed = Json::array(), means = Json::array();
  Json holdouts = Json::array();
  for (const Holdout& own : answer.question.holdouts) holdouts.push_back(own.text());
  for (const ComparedLaw& law : answer.laws) laws.push_back(law_json(answer, law));
  for (const PassedLaw& own : answer.passed)
    passed.push_back({{"law", own.name}, {"reason", own.reason}});
  for (const MeanAnswer& own : answer.means) means.push_back(mean_json(own));
  Json out{{"schema", "isoloss/compare-laws"},
           {"schema_version", 1},
           {"isoloss_version", ISOLOSS_VERSION},
           {"path", answer.path},
           {"num_runs", answer.num_runs},
           {"response", answer.response},
           {"seed", answer.seed},
           {"confidence", answer.confidence},
           {"holdouts", holdouts},
           {"laws", laws},
           {"passed", passed}};
  if (!means.empty()) out["means"] = means;
  if (!answer.no_information.empty()) out["no_information"] = answer.no_information;
  out["warnings"] = warnings_json(answer.warnings);
  return json_text(out);
}

}  // namespace isoloss
