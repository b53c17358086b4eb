#include "host/fit/asymptotic.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "host/fit/draws_report.h"
#include "host/fit/linearised_runs.h"
#include "host/fit/plain_gradient.h"
#include "host/search/column_qr.h"

namespace isoloss {
namespace {

// What the errors of a fit are made of.
struct Linearisation {
  std::vector<std::size_t> free_params;
  std::vector<Column> columns;  // of the Jacobian in plain units, one a free parameter
  double variance = 0;          // of a residual of weight one
};

// Nothing unless the objective is a likelihood and more runs than free parameters are there.
std::optional<Linearisation> linearised(const Problem& problem, double objective,
                                        const FitResult& result) {
  const LawEntry& law = *result.law;
  const Problem plain = problem.with_centre({});  // parameters as they are shown
  const RunsView runs = plain.view();
  const int degrees_of_freedom = runs.num_runs - law.num_free();
  if (!result.options.residual_loss.is_likelihood() || degrees_of_freedom <= 0) return {};
  LinearisedRuns rows(law.tape(), runs);
  rows.find_at(law.to_search(result.theta, plain.centre()).data());
  Linearisation out;
  for (int k = 0; k < law.num_params(); ++k) {
    if (law.is_held(k) || result.params[static_cast<std::size_t>(k)].at_bound) continue;
    Column column;
    for (int i = 0; i < runs.num_runs; ++i)
      column.push_back(std::sqrt(runs.weight[i]) * rows.gradient(i, k));
    out.columns.push_back(std::move(column));
    out.free_params.push_back(static_cast<std::size_t>(k));
  }
  out.variance = 2 * objective / degrees_of_freedom;
  return out;
}

}  // namespace

void add_asymptotic_errors(const Problem& problem, const PolishedFit& fit, FitResult& result) {
  const auto own = linearised(problem, fit.objective, result);
  const auto factors = own ? ColumnQr::of(own->columns) : std::nullopt;
  if (!factors) return;
  for (std::size_t j = 0; j < own->free_params.size(); ++j) {
    const std::size_t k = own->free_params[j];
    ParamEstimate& param = result.params[k];
    const int place = static_cast<int>(k);
    const double error = std::sqrt(own->variance * factors->inverse_diagonal(j));
    param.asymptotic_error =
        result.law->is_log(place) ? error * result.law->shown(place, result.theta[k]) : error;
  }
}

// In coordinates of which the quantity is one, in the place of the parameter that moves it most.
std::optional<double> asymptotic_error_of(const RunTable& runs, const FitResult& fit,
                                          const std::function<double(const Theta&)>& quantity) {
  auto own = linearised(Problem(runs, *fit.law), fit.objective / objective_unit(fit), fit);
  if (!own || own->columns.empty()) return {};
  const Column gradient = plain_gradient(quantity, fit.theta, own->free_params);
  const auto most = static_cast<std::size_t>(
      std::max_element(gradient.begin(), gradient.end(),
                       [](double a, double b) { return std::fabs(a) < std::fabs(b); }) -
      gradient.begin());
  if (!(std::fabs(gradient[most]) > 0) || !std::isfinite(gradient[most])) return {};
  for (double& entry : own->columns[most]) entry /= gradient[most];
  for (std::size_t j = 0; j < gradient.size(); ++j)
    for (std::size_t i = 0; j != most && i < own->columns[j].size(); ++i)
      own->columns[j][i] -= gradient[j] * own->columns[most][i];
  const auto factors = ColumnQr::of(std::move(own->columns));
  if (!factors) return {};
  return std::sqrt(own->variance * factors->inverse_diagonal(most));
}

}  // namespace isoloss
