#include "host/report/coverage.h"
#include "host/report/fitted_law.h"
#include "host/report/json_parts.h"

namespace isoloss {
namespace {

Json share_json(const CoverageShare& own) {
  return {{"method", name_of(own.method)},
          {"num_sets", own.num_sets},
          {"share", own.share},
          {"share_error", own.share_error},
          {"median_width", number_json(own.median_width)}};
}

Json row_json(const CoverageRow& row) {
  Json shares = Json::array();
  for (const CoverageShare& own : row.shares) shares.push_back(share_json(own));
  return {{"quantity", row.quantity},
          {"truth", number_json(row.truth)},
          {"bias", number_json(row.bias)},
          {"rmse", number_json(row.rmse)},
          {"coverage", shares}};
}

}  // namespace

std::string coverage_json(const Coverage& answer) {
  const FittedLaw& truth = *answer.question.truth;
  Json rows = Json::array(), params = Json::object();
  for (const CoverageRow& row : answer.rows) rows.push_back(row_json(row));
  for (std::size_t k = 0; k < truth.law.params.size(); ++k)
    params[truth.law.params[k].name] = truth.law.shown(static_cast<int>(k), truth.theta()[k]);
  return json_text({{"schema", "isoloss/coverage"},
                    {"schema_version", 1},
                    {"isoloss_version", ISOLOSS_VERSION},
                    {"path", answer.path},
                    {"num_runs", answer.num_runs},
                    {"by_run", answer.by_run},
                    {"num_units", answer.num_units},
                    {"law", truth.law.name},
                    {"formula", truth.law.formula},
                    {"truth", {{"of", truth.title}, {"params", params}}},
                    {"noise", noise_text(answer.question.noise)},
                    {"num_sets", answer.question.num_sets},
                    {"num_resamples", answer.num_resamples},
                    {"seed", answer.seed},
                    {"confidence", answer.confidence},
                    {"quantities", rows},
                    {"num_without_fit", answer.num_without_fit},
                    {"num_unsound", answer.num_unsound},
                    {"num_withheld", answer.num_withheld},
                    {"share_not_converged", answer.share_not_converged},
                    {"warnings", warnings_json(answer.warnings)}});
}

}  // namespace isoloss
