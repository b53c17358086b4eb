#include "host/fit/asymptotic.h"

#include <cmath>
#include <vector>

#include "host/fit/linearised_runs.h"
#include "host/search/column_qr.h"

namespace isoloss {

void add_asymptotic_errors(const Problem& problem, const PolishedFit& fit, FitResult& result) {
  const LawEntry& law = *result.law;
  const Problem plain = problem.with_centre({});  // parameters as they are shown
  const RunsView runs = plain.view();
  const int degrees_of_freedom = runs.num_runs - law.num_free();
  if (result.options.residual_loss.kind != ResidualKind::squared || degrees_of_freedom <= 0) return;
  LinearisedRuns rows(law.tape(), runs);
  rows.find_at(law.to_search(result.theta, plain.centre()).data());
  std::vector<int> free_params;
  std::vector<Column> columns;
  for (int k = 0; k < law.num_params(); ++k) {
    if (law.is_held(k) || fit.at_bound[static_cast<std::size_t>(k)]) continue;
    Column column;
    for (int i = 0; i < runs.num_runs; ++i)
      column.push_back(std::sqrt(runs.weight[i]) * rows.gradient(i, k));
    columns.push_back(std::move(column));
    free_params.push_back(k);
  }
  const auto factors = ColumnQr::of(std::move(columns));
  if (!factors) return;
  const double variance = 2 * fit.objective / degrees_of_freedom;
  for (std::size_t j = 0; j < free_params.size(); ++j) {
    const int k = free_params[j];
    ParamEstimate& param = result.params[static_cast<std::size_t>(k)];
    const double error = std::sqrt(variance * factors->inverse_diagonal(j));
    param.asymptotic_error =
        law.is_log(k) ? error * law.shown(k, result.theta[static_cast<std::size_t>(k)]) : error;
  }
}

}  // namespace isoloss
