// Fits against independent answers computed with 40 digits.

#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>

#include "host/fit/fit.h"
#include "tests/catch.h"
#include "tests/figure4.h"
#include "tests/relative.h"
#include "tests/tolerance.h"

namespace isoloss {
namespace {

using Json = nlohmann::json;

Json golden() {
  std::ifstream file(ISOLOSS_SOURCE "/tests/golden/chinchilla_figure4.json");
  return Json::parse(file);
}

double number(const Json& entry, const char* key) {
  return std::stod(entry.at(key).get<std::string>());
}

void check(const FitResult& fit, const Json& answer) {
  CHECK(fit.status == Status::converged);
  CHECK(relative(fit.objective, number(answer, "objective")) < tolerance::kGoldenObjective);
  const char* keys[] = {"log_E", "log_A", "log_B", "alpha", "beta"};
  for (std::size_t k = 0; k < 5; ++k) {
    INFO(keys[k]);
    CHECK(relative(fit.theta[k], number(answer, keys[k])) < tolerance::kGoldenParameter);
  }
}

FitOptions plain() {
  FitOptions options;
  options.num_resamples = 0;
  return options;
}

}  // namespace

TEST_CASE("The four golden fits of figure 4 are reached to the last digits") {
  const Json answers = golden();
  for (const Json& answer : answers.at("fits")) {
    FitOptions options = plain();
    if (answer.at("loss").get<std::string>().find("squares") != std::string::npos)
      options.residual_loss.kind = ResidualKind::squared;
    const std::size_t num = answer.at("n").get<std::size_t>();
    INFO(answer.at("loss") << ", " << num << " runs");
    check(fit(figure4(245 - num), options), answer);
  }
}

TEST_CASE("A hundred fixed resamples of figure 4 are each fitted to their own global optimum") {
  const RunTable runs = figure4();
  const Json answers = golden();
  for (const Json& resample : answers.at("bootstrap_fixture").at("resamples"))
    check(fit(rows_of(runs, resample.at("rows")), plain()), resample);
}

TEST_CASE("Five hundred of five hundred random starts reach each golden optimum") {
  const Json answers = golden();
  for (const Json& answer : answers.at("fits")) {
    FitOptions options = plain();
    options.starts = StartMode::random;
    options.num_random_starts = 500;
    if (answer.at("loss").get<std::string>().find("squares") != std::string::npos)
      options.residual_loss.kind = ResidualKind::squared;
    const FitResult result = fit(figure4(245 - answer.at("n").get<std::size_t>()), options);
    CHECK(result.search.num_agreeing == 500);
    check(result, answer);
  }
}

TEST_CASE("The law's published grid of 4500 starts ends at the screened optimum") {
  FitOptions options = plain();
  const double screened = fit(figure4(), options).objective;
  options.starts = StartMode::grid;
  const FitResult grid = fit(figure4(), options);
  CHECK(grid.search.num_starts == 4500);
  CHECK(relative(grid.objective, screened) < tolerance::kGoldenObjective);
}

}  // namespace isoloss
