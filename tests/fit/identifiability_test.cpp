// What a design can tell apart, before any noise: the designs of a study of 13, with their answers.

#include "host/fit/identifiability.h"

#include <cmath>

#include "host/base/error.h"
#include "host/fit/fit.h"
#include "tests/catch.h"
#include "tests/figure4.h"

namespace isoloss {
namespace {

// The law whose noise-free losses all designs get: the fit of figure 4.
double true_loss(double N, double D) {
  return 1.8172 + 477.83 / std::pow(N, 0.34731) + 2143.4 / std::pow(D, 0.36717);
}

RunTable empty_table() {
  RunTable runs = figure4();
  for (auto column : {&RunTable::params, &RunTable::tokens, &RunTable::flops, &RunTable::loss})
    (runs.*column).clear();
  runs.line.clear();
  runs.run.clear();
  return runs;
}

void add(RunTable& runs, double N, double D) {
  runs.params.push_back(N);
  runs.tokens.push_back(D);
  runs.flops.push_back(6 * N * D);
  runs.loss.push_back(true_loss(N, D));
  runs.line.push_back(runs.line.size() + 2);
}

RunTable grid(const std::vector<double>& sizes, const std::vector<double>& lengths) {
  RunTable runs = empty_table();
  for (const double N : sizes)
    for (const double D : lengths) add(runs, N, D);
  return runs;
}

// 20 sizes from 5e7 to 1.6e10 with tokens from size.
template <class Tokens>
RunTable line(const Tokens& tokens) {
  RunTable runs = empty_table();
  for (int i = 0; i < 20; ++i) {
    const double N = 5e7 * std::pow(320, i / 19.0);
    add(runs, N, tokens(N, i));
  }
  return runs;
}

FitResult fit_of(const RunTable& runs) {
  FitOptions options;
  options.num_resamples = 0;
  return fit(runs, options);
}

}  // namespace

TEST_CASE("Designs that vary size and tokens are identifiable") {
  CHECK(fit_of(figure4(0)).identifiability.condition < 50);
  CHECK(fit_of(grid({1e8, 1e9, 1e10}, {1e9, 1e10, 1e11})).status == Status::converged);
  RunTable isoflops = empty_table();
  for (const double C : {1e19, 1e20, 1e21, 1e22, 1e23})
    for (int i = 0; i < 8; ++i) {
      const double N = std::sqrt(C / 120) * std::pow(2, (i - 3.5) / 1.5);
      add(isoflops, N, C / (6 * N));
    }
  const FitResult fit = fit_of(isoflops);
  CHECK(fit.status == Status::converged);
  CHECK(fit.identifiability.rank == 5);
  CHECK(fit.identifiability.condition < 100);
}

TEST_CASE("Nearly constant tokens per parameter are weakly identifiable, and said to be") {
  const FitResult fit =
      fit_of(line([](double N, int i) { return 20 * N * (1 + 0.1 * ((i * 7) % 5 - 2) / 2.0); }));
  CHECK(fit.status == Status::converged);
  CHECK(fit.identifiability.condition > kConditionWeak);
  CHECK(fit.warnings.front().name == "weakly_identifiable");
}

TEST_CASE("A single budget is weakly identifiable") {
  const FitResult fit = fit_of(line([](double N, int) { return 1e21 / (6 * N); }));
  CHECK(fit.identifiability.condition > kConditionWeak);
  CHECK(fit.identifiability.condition < kConditionNotIdentifiable);
}

TEST_CASE("Designs that cannot identify the law are named in words") {
  const struct {
    RunTable runs;
    const char* words;
  } designs[] = {
      {line([](double N, int) { return 20 * N; }), "D/N is constant"},
      {grid({1e8, 1e10}, {1e9, 3e9, 1e10, 1e11}), "only two model sizes"},
      {grid({1e8, 1e9, 3e9, 1e10}, {1e9, 1e11}), "only two numbers of tokens"},
      {grid({1e9}, {1e9, 3e9, 1e10, 3e10, 1e11, 2e11}), "only one model size"},
      {grid({1e8, 3e8, 1e9, 3e9, 1e10, 2e10}, {1e10}), "only one number of tokens"},
  };
  for (const auto& [runs, words] : designs) {
    INFO(words);
    const FitResult fit = fit_of(runs);
    CHECK(design_fault(runs, *fit.law).find(words) != std::string::npos);
    CHECK(fit.status == Status::not_identifiable);
    CHECK(fit.warnings.front().text.find(words) != std::string::npos);
  }
}

TEST_CASE("Fewer runs than parameters are refused, and as many give no interval") {
  RunTable four = grid({1e8, 1e10}, {1e9, 1e11});
  CHECK_THROWS_AS(fit_of(four), InputError);
  add(four, 1e9, 1e10);
  FitOptions options;
  options.num_resamples = 200;
  const FitResult five = fit(four, options);
  for (const ParamEstimate& param : five.params) CHECK(!param.interval.has_value());
}

}  // namespace isoloss
