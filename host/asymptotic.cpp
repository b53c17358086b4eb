#include "host/asymptotic.h"

#include <cmath>
#include <vector>

#include "host/linearised_runs.h"

namespace isoloss {
namespace {

// R of the factorisation of columns (each `num_rows` long), by Householder reflections; upper
// triangle by columns. False if a column is dependent on those before.
bool factor_qr(std::vector<std::vector<double>>& columns, std::vector<std::vector<double>>& r) {
  const std::size_t num = columns.size();
  const std::size_t num_rows = columns.empty() ? 0 : columns[0].size();
  r.assign(num, std::vector<double>(num));
  for (std::size_t k = 0; k < num; ++k) {
    std::vector<double>& pivot = columns[k];
    double square = 0;
    for (std::size_t i = k; i < num_rows; ++i) square += pivot[i] * pivot[i];
    const double norm = std::sqrt(square);
    if (!(norm > 1e-14)) return false;
    const double head = pivot[k] > 0 ? -norm : norm;
    r[k][k] = head;
    pivot[k] -= head;
    const double length = head * -pivot[k];  // half the squared length of the reflection's vector
    for (std::size_t j = k + 1; j < num; ++j) {
      double dot = 0;
      for (std::size_t i = k; i < num_rows; ++i) dot += pivot[i] * columns[j][i];
      for (std::size_t i = k; i < num_rows; ++i) columns[j][i] -= dot / length * pivot[i];
      r[j][k] = columns[j][k];
    }
  }
  return true;
}

// Squared norm of row k of R^-1: entry k of the diagonal of (R^T R)^-1.
double inverse_diagonal(const std::vector<std::vector<double>>& r, std::size_t k) {
  const std::size_t num = r.size();
  std::vector<double> x(num);  // R^T x = e_k, forwards
  double square = 0;
  for (std::size_t i = k; i < num; ++i) {
    double sum = i == k ? 1 : 0;
    for (std::size_t j = k; j < i; ++j) sum -= r[i][j] * x[j];
    x[i] = sum / r[i][i];
    square += x[i] * x[i];
  }
  return square;
}

}  // namespace

void add_asymptotic_errors(const Problem& problem, const PolishedFit& fit, FitResult& result) {
  const LawEntry& law = *result.law;
  const Problem plain = problem.with_centre({});  // parameters as they are shown
  const RunsView runs = plain.view();
  const int degrees_of_freedom = runs.num_runs - law.num_free();
  if (result.options.residual_loss.kind != ResidualKind::squared || degrees_of_freedom <= 0) return;
  LinearisedRuns rows(law.tape(), runs);
  rows.find_at(result.theta.data());
  std::vector<int> free_params;
  std::vector<std::vector<double>> columns;
  std::vector<double> norms;
  for (int k = 0; k < law.num_params(); ++k) {
    if (law.is_held(k) || fit.at_bound[static_cast<std::size_t>(k)]) continue;
    std::vector<double> column;
    double square = 0;
    for (int i = 0; i < runs.num_runs; ++i) {
      column.push_back(std::sqrt(runs.weight[i]) * rows.gradient(i, k));
      square += column.back() * column.back();
    }
    norms.push_back(std::sqrt(square));
    for (double& x : column) x /= norms.back();
    columns.push_back(std::move(column));
    free_params.push_back(k);
  }
  std::vector<std::vector<double>> r;
  if (!factor_qr(columns, r)) return;
  const double variance = 2 * fit.objective / degrees_of_freedom;
  for (std::size_t j = 0; j < free_params.size(); ++j) {
    const int k = free_params[j];
    ParamEstimate& param = result.params[static_cast<std::size_t>(k)];
    const double error = std::sqrt(variance * inverse_diagonal(r, j)) / norms[j];
    param.asymptotic_error = law.is_log(k) ? error * param.value : error;
  }
}

}  // namespace isoloss
