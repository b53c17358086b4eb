// What must not change, or must change by a known factor, when the input is transformed.

#include <algorithm>
#include <cmath>
#include <numeric>

#include "host/fit/fit.h"
#include "tests/catch.h"
#include "tests/figure4.h"
#include "tests/tolerance.h"

namespace isoloss {
namespace {

FitResult plain_fit(const RunTable& runs, const char* law = "chinchilla") {
  FitOptions options;
  options.law = law;
  options.num_resamples = 0;
  return fit(runs, options);
}

void check_relative(double ours, double theirs) {
  CHECK(std::fabs(ours / theirs - 1) < tolerance::kGoldenParameter);
}

}  // namespace

TEST_CASE("The order of the runs does not matter") {
  const RunTable runs = figure4();
  std::vector<std::size_t> order(runs.num_runs());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::reverse(order.begin(), order.end());
  std::swap(order[3], order[100]);
  for (const char* law : {"chinchilla", "kaplan"}) {
    const FitResult plain = plain_fit(runs, law);
    const FitResult shuffled = plain_fit(rows_of(runs, order), law);
    for (std::size_t k = 0; k < plain.params.size(); ++k)
      check_relative(shuffled.params[k].value, plain.params[k].value);
  }
}

TEST_CASE("A run that is there twice counts as one of weight two") {
  const RunTable runs = figure4();
  std::vector<std::size_t> rows(runs.num_runs());
  std::iota(rows.begin(), rows.end(), std::size_t{0});
  for (const std::size_t row : {0u, 17u, 200u}) rows.push_back(row);
  RunTable weighted = runs;
  weighted.weights.assign(runs.num_runs(), 1.0);
  for (const std::size_t row : {0u, 17u, 200u}) weighted.weights[row] = 2;
  const FitResult twice = plain_fit(rows_of(runs, rows));
  const FitResult heavy = plain_fit(weighted);
  check_relative(heavy.objective, twice.objective);
  for (std::size_t k = 0; k < 5; ++k) check_relative(heavy.params[k].value, twice.params[k].value);
}

TEST_CASE("Units scale weights and leave exponents, objective and the optimum's ratio alone") {
  const RunTable runs = figure4();
  RunTable scaled = runs;
  for (double& N : scaled.params) N /= 1e6;
  for (double& D : scaled.tokens) D *= 1000;
  for (double& C : scaled.flops) C /= 1000;
  const FitResult plain = plain_fit(runs);
  const FitResult other = plain_fit(scaled);
  check_relative(other.objective, plain.objective);
  const double alpha = plain.params[3].value;
  const double beta = plain.params[4].value;
  check_relative(other.params[0].value, plain.params[0].value);
  check_relative(other.params[1].value, plain.params[1].value * std::pow(1e-6, alpha));
  check_relative(other.params[2].value, plain.params[2].value * std::pow(1e3, beta));
  check_relative(other.params[3].value, alpha);
  check_relative(other.params[4].value, beta);
  check_relative(other.N_exponent.value, plain.N_exponent.value);
}

TEST_CASE("A factor on the loss is a factor on E, A and B") {
  const RunTable runs = figure4();
  RunTable bits = runs;
  for (double& loss : bits.loss) loss /= std::log(2.0);
  const FitResult plain = plain_fit(runs);
  const FitResult other = plain_fit(bits);
  check_relative(other.objective, plain.objective);
  for (std::size_t k = 0; k < 3; ++k)
    check_relative(other.params[k].value, plain.params[k].value / std::log(2.0));
  for (std::size_t k = 3; k < 5; ++k) check_relative(other.params[k].value, plain.params[k].value);
}

TEST_CASE("Scaling every weight scales the objective alone") {
  RunTable runs = figure4();
  const FitResult plain = plain_fit(runs);
  runs.weights.assign(runs.num_runs(), 7.0);
  const FitResult heavy = plain_fit(runs);
  check_relative(heavy.objective, 7 * plain.objective);
  for (std::size_t k = 0; k < 5; ++k) check_relative(heavy.params[k].value, plain.params[k].value);
}

TEST_CASE("The bootstrap of a fit by single-row runs is that by rows") {
  RunTable runs = figure4();
  FitOptions options;
  options.num_resamples = 100;
  const FitResult by_row = fit(runs, options);
  runs.run.clear();
  for (std::size_t i = 0; i < runs.num_runs(); ++i) runs.run.push_back("run " + std::to_string(i));
  const FitResult by_run = fit(runs, options);
  CHECK(by_run.draw_objective == by_row.draw_objective);
}

TEST_CASE("Rows of one run are drawn together") {
  RunTable runs = figure4();
  runs.run.clear();
  for (std::size_t i = 0; i < runs.num_runs(); ++i)
    runs.run.push_back("run " + std::to_string(i / 8));
  FitOptions options;
  options.num_resamples = 400;
  const FitResult clustered = fit(runs, options);
  CHECK(clustered.bootstrap.by_run);
  CHECK(clustered.bootstrap.num_units == 30);
  options.group_by_run = false;
  CHECK(fit(runs, options).bootstrap.num_units == 240);
}

}  // namespace isoloss
