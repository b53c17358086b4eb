// Published constants, reproduced to the digits they were printed with.

#include <cmath>

#include "host/fit.h"
#include "host/statistics.h"
#include "tests/catch.h"
#include "tests/figure4.h"
#include "tests/tolerance.h"

namespace isoloss {
namespace {

const ParamEstimate& param(const FitResult& fit, const std::string& name) {
  for (const ParamEstimate& param : fit.params)
    if (param.name == name) return param;
  throw std::out_of_range(name);
}

// Equal when printed with as many digits: half a unit of the last one.
void check_printed(double ours, double printed, double unit) {
  CHECK(std::fabs(ours - printed) <= 0.5 * unit);
}

FitOptions options_of(ResidualKind kind, int num_resamples) {
  FitOptions options;
  options.residual_loss.kind = kind;
  options.num_resamples = num_resamples;
  return options;
}

}  // namespace

TEST_CASE("Least absolute deviations give the constants printed by Besiroglu et al. 2024") {
  const FitResult result = fit(figure4(), options_of(ResidualKind::absolute, 0));
  CHECK(result.status == Status::converged);
  check_printed(param(result, "A").value, 482.006, 0.001);
  check_printed(param(result, "B").value, 2085.436, 0.001);
  check_printed(param(result, "alpha").value, 0.347813, 0.000001);
  check_printed(param(result, "beta").value, 0.365854, 0.000001);
  check_printed(param(result, "E").value, 1.81686, 0.00001);
  check_printed(result.objective, 1.129494653622, 0.000000000001);
}

TEST_CASE("The Huber fit of figure 4 has the printed digits") {
  const FitResult result = fit(figure4(), options_of(ResidualKind::huber, 0));
  CHECK(result.objective <= 0.001018274017801);
  check_printed(param(result, "E").value, 1.8172, 0.0001);
  check_printed(param(result, "A").value, 477.8, 0.1);
  check_printed(param(result, "B").value, 2143.4, 0.1);
  check_printed(param(result, "alpha").value, 0.34731, 0.00001);
  check_printed(param(result, "beta").value, 0.36717, 0.00001);
}

TEST_CASE("The noise-free surface of Stanford CS336 is recovered") {
  const RunTable runs = read_runs(ISOLOSS_SOURCE "/datasets/cs336_isoflop.csv");
  const FitResult result = fit(runs, options_of(ResidualKind::huber, 0));
  const std::pair<const char*, double> truth[] = {
      {"E", 2.69}, {"A", 1606.4}, {"B", 3210.7}, {"alpha", 0.34}, {"beta", 0.36}};
  for (const auto& [name, value] : truth) {
    INFO(name);
    CHECK(std::fabs(param(result, name).value / value - 1) < tolerance::kNoiseFree);
  }
}

TEST_CASE("The bootstrap of figure 4 has the standard errors of an exact solver") {
  const FitResult result = fit(figure4(), options_of(ResidualKind::huber, 4000));
  CHECK(result.bootstrap.num_not_converged == 0);
  CHECK(std::fabs(*param(result, "alpha").standard_error - 0.0150) < 0.0006);
  CHECK(std::fabs(*param(result, "beta").standard_error - 0.0200) < 0.0008);
  CHECK(std::fabs(*param(result, "E").standard_error - 0.0251) < 0.001);
  const struct {
    const char* name;
    Interval interval;
  } published[] = {{"alpha", {0.317, 0.373}}, {"beta", {0.335, 0.414}}, {"E", {1.773, 1.870}}};
  for (const auto& [name, interval] : published) {
    INFO(name);
    const double slack = tolerance::kIntervalEndShare * (interval.upper - interval.lower);
    CHECK(std::fabs(param(result, name).interval->lower - interval.lower) < slack);
    CHECK(std::fabs(param(result, name).interval->upper - interval.upper) < slack);
  }
}

}  // namespace isoloss
