// What a design can tell apart, before any noise: the designs of a study of 13, with their answers.

#include "host/fit/identifiability.h"

#include "host/base/error.h"
#include "host/fit/fit.h"
#include "tests/catch.h"
#include "tests/figure4.h"
#include "tests/planted_designs.h"

namespace isoloss {
namespace {

FitResult fit_of(const RunTable& runs) {
  FitOptions options;
  options.num_resamples = 0;
  return fit(runs, options);
}

}  // namespace

TEST_CASE("Designs that vary size and tokens are identifiable") {
  CHECK(fit_of(figure4(0)).identifiability.condition < 50);
  CHECK(fit_of(grid_runs({1e8, 1e9, 1e10}, {1e9, 1e10, 1e11})).status == Status::converged);
  const FitResult fit = fit_of(five_isoflops());
  CHECK(fit.status == Status::converged);
  CHECK(fit.identifiability.rank == 5);
  CHECK(fit.identifiability.condition < 100);
}

TEST_CASE("Nearly constant tokens per parameter are weakly identifiable, and said to be") {
  const FitResult fit = fit_of(
      line_runs([](double N, int i) { return 20 * N * (1 + 0.1 * ((i * 7) % 5 - 2) / 2.0); }));
  CHECK(fit.status == Status::converged);
  CHECK(fit.identifiability.condition > kConditionWeak);
  CHECK(fit.warnings.front().name == "weakly_identifiable");
}

TEST_CASE("A single budget is weakly identifiable") {
  const FitResult fit = fit_of(line_runs([](double N, int) { return 1e21 / (6 * N); }));
  CHECK(fit.identifiability.condition > kConditionWeak);
  CHECK(fit.identifiability.condition < kConditionNotIdentifiable);
}

TEST_CASE("Designs that cannot identify the law are named in words") {
  const struct {
    RunTable runs;
    const char* words;
  } designs[] = {
      {line_runs([](double N, int) { return 20 * N; }), "D/N is constant"},
      {grid_runs({1e8, 1e10}, {1e9, 3e9, 1e10, 1e11}), "only two model sizes"},
      {grid_runs({1e8, 1e9, 3e9, 1e10}, {1e9, 1e11}), "only two numbers of tokens"},
      {grid_runs({1e9}, {1e9, 3e9, 1e10, 3e10, 1e11, 2e11}), "only one model size"},
      {grid_runs({1e8, 3e8, 1e9, 3e9, 1e10, 2e10}, {1e10}), "only one number of tokens"},
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
  RunTable four = grid_runs({1e8, 1e10}, {1e9, 1e11});
  CHECK_THROWS_AS(fit_of(four), InputError);
  add_run(four, 1e9, 1e10);
  FitOptions options;
  options.num_resamples = 200;
  const FitResult five = fit(four, options);
  for (const ParamEstimate& param : five.params) CHECK(!param.interval.has_value());
}

}  // namespace isoloss
