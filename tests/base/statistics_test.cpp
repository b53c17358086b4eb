#include "host/base/statistics.h"

#include <cmath>

#include "tests/catch.h"
#include "tests/tolerance.h"

namespace isoloss {

TEST_CASE("Percentile intervals interpolate between order statistics as NumPy does") {
  // numpy.percentile([3, 1, 4, 1, 5, 9, 2, 6], [2.5, 97.5]) = [1.0, 8.475]
  const Interval interval = percentile_interval({3, 1, 4, 1, 5, 9, 2, 6}, 0.95);
  CHECK(std::fabs(interval.lower - 1.0) < tolerance::kClosedForm);
  CHECK(std::fabs(interval.upper - 8.475) < tolerance::kClosedForm);
  // numpy.percentile(range(11), [5, 95]) = [0.5, 9.5]
  const Interval even = percentile_interval({10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0}, 0.9);
  CHECK(std::fabs(even.lower - 0.5) < tolerance::kClosedForm);
  CHECK(std::fabs(even.upper - 9.5) < tolerance::kClosedForm);
}

TEST_CASE("Standard deviations divide by one less than the number of draws") {
  CHECK(std::fabs(standard_deviation({2, 4, 4, 4, 5, 5, 7, 9}) - std::sqrt(32.0 / 7)) <
        tolerance::kClosedForm);
}

TEST_CASE("Draws that are not finite are left out, and too few give no interval") {
  Estimate estimate;
  add_intervals(estimate, {NAN, 1.0}, 0.95);
  CHECK(!estimate.interval);
  CHECK(!estimate.standard_error);
  add_intervals(estimate, {NAN, 1.0, 3.0, INFINITY}, 0.5);
  REQUIRE(estimate.interval);
  CHECK(std::fabs(estimate.interval->lower - 1.5) < tolerance::kClosedForm);
  CHECK(std::fabs(*estimate.standard_error - std::sqrt(2.0)) < tolerance::kClosedForm);
}

TEST_CASE("The median of an even number of values is the mean of the middle two") {
  CHECK(median({4, 1, 3, 2}) == 2.5);
  CHECK(median({5, 1, 3}) == 3);
  CHECK(median({}) == 0);
}

TEST_CASE("Student's t has the quantiles of the tables") {
  const struct {
    double confidence;
    int degrees_of_freedom;
    double t;
  } table[] = {{0.5, 1, 1.0},
               {0.95, 1, 12.7062047362},
               {0.95, 2, 4.30265272975},
               {0.9999, 3, 28.0001300111},
               {0.95, 15, 2.13144954556},
               {0.99, 30, 2.74999565357},
               {0.95, 235, 1.97011006227}};
  for (const auto& [confidence, degrees_of_freedom, t] : table) {
    INFO(confidence << " with " << degrees_of_freedom);
    CHECK(std::fabs(student_t(confidence, degrees_of_freedom) / t - 1) < tolerance::kQuantile);
  }
}

TEST_CASE("BCa intervals are Efron's, by SciPy's normal distribution and NumPy's percentiles") {
  std::vector<double> draws;
  for (int k = 199; k > 0; --k) draws.push_back(std::pow(k / 100.0, 2));
  const struct {
    double value, acceleration, confidence;
    Interval expected;
  } table[] = {{1.0, 0, 0.9, {0.01189, 3.57589}},
               {0.8, 0.05, 0.95, {0.002745419614, 3.725977263241}},
               {1.3, -0.02, 0.5, {0.573795250721, 2.852014880864}}};
  for (const auto& [value, acceleration, confidence, expected] : table) {
    const auto own = bca_interval(draws, value, acceleration, confidence);
    INFO(value);
    REQUIRE(own);
    CHECK(std::fabs(own->lower - expected.lower) < tolerance::kClosedForm);
    CHECK(std::fabs(own->upper - expected.upper) < tolerance::kClosedForm);
  }
  CHECK(!bca_interval(draws, 5, 0, 0.95));  // all draws on one side
  CHECK(!bca_interval(draws, 0, 0, 0.95));
  CHECK(!bca_interval(draws, 1, -9, 0.95));
  CHECK(!bca_interval({}, 1, 0, 0.95));
  CHECK(!bca_interval({1, 2, 3, 4, 5, 6, 7, 8, 9}, 5, 0, 0.95));  // beyond the outermost
}

TEST_CASE("Without bias and skewness BCa intervals are the percentile ones") {
  const std::vector<double> draws{3, 1, 4, 1, 5, 9, 2, 6, 2.5, NAN};
  const Interval plain = percentile_interval(finite_values(draws), 0.6);
  const auto own = bca_interval(draws, 3, 0, 0.6);
  REQUIRE(own);
  CHECK(std::fabs(own->lower - plain.lower) < tolerance::kClosedForm);
  CHECK(std::fabs(own->upper - plain.upper) < tolerance::kClosedForm);
}

TEST_CASE("An interval of a log keeps to the value's side of zero") {
  const Interval plain = interval_around(2, 3, false), log = interval_around(2, 3, true);
  CHECK(plain.lower == -1);
  CHECK(std::fabs(log.lower - 2 * std::exp(-1.5)) < tolerance::kClosedForm);
  CHECK(std::fabs(log.upper - 2 * std::exp(1.5)) < tolerance::kClosedForm);
  CHECK(interval_around(-2, 3, true).upper == -log.lower);
}

TEST_CASE("The normal distribution has the quantiles of the tables") {
  CHECK(std::fabs(normal_quantile(0.975) - 1.959963984540) < tolerance::kQuantile);
  CHECK(std::fabs(normal_quantile(1e-6) + 4.753424308823) < tolerance::kQuantile);
  CHECK(normal_quantile(0.5) == 0);
}

TEST_CASE("R^2 is the share of variance explained, and none of what varies by rounding alone") {
  CHECK(r_squared(0.25, 1, 30) == 0.75);
  CHECK(r_squared(2, 1, 30) == -1);
  CHECK(std::isnan(r_squared(0, 0, 30)));
  CHECK(std::isnan(r_squared(1e-3, 1e-30, 30)));
}

}  // namespace isoloss
