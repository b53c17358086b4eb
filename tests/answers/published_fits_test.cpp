// Every fit of fits/published/ comes out as it was published; the bootstrap too.

#include <cmath>
#include <cstdlib>

#include "host/answers/verify/library.h"
#include "host/answers/verify/verify.h"
#include "host/fit/fit.h"
#include "host/report/render.h"
#include "host/report/verify.h"
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

}  // namespace

TEST_CASE("Every published fit comes out as its file says") {
  std::size_t num_made = 0;
  for (const PublishedFit& published : published_fits()) {
    const Verdict verdict = verify(published);
    INFO(as_text(describe_verification({"", {verdict}})));
    CHECK(verdict.num_differing() == 0);
    num_made += verdict.skipped.empty() ? 1 : 0;
  }
  CHECK(num_made > 0);
}

TEST_CASE("Fits of the data sets that come with the program are not skipped") {
  for (const PublishedFit& published : published_fits()) {
    if (!published.dataset_env.empty() || !published.schedules.empty()) continue;
    INFO(published.path);
    CHECK(verify(published).skipped.empty());
  }
}

TEST_CASE("The bootstrap of figure 4 has the standard errors of an exact solver") {
  FitOptions options;
  options.num_resamples = 4000;
  const FitResult result = fit(figure4(), options);
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

// Besiroglu et al. 2024, section 1: the published intervals would take more than 600,000 runs.
TEST_CASE("The intervals that Hoffmann et al. published are those of many more runs") {
  const Verdict verdict = verify(published_fits("", {"hoffmann_2022_figure4"}).at(0));
  REQUIRE(verdict.intervals.size() == 2);
  for (const IntervalComparison& own : verdict.intervals) {
    REQUIRE(own.ours);
    CHECK(own.times_as_wide() > 40);
    CHECK(own.num_rows_needed() > 500000);
    CHECK(own.num_rows_needed() < 750000);
  }
  CHECK(verdict.intervals[0].ours->lower > verdict.intervals[0].published.interval.upper);
}

}  // namespace isoloss
