// exp and log: their error, their edge cases, and the same bits in every kind of lanes.

#include "fits/math.h"

#include <cmath>
#include <limits>
#include <random>

#include "fits/lanes.h"
#include "tests/catch.h"
#include "tests/tolerance.h"

namespace isoloss {
namespace {

constexpr int kPoints = 200000;

// Distance in units in the last place of the exact value.
double ulp_error(double ours, long double exact) {
  const double rounded = std::fabs(static_cast<double>(exact));
  const double unit = std::nextafter(rounded, INFINITY) - rounded;
  return static_cast<double>(std::fabs(static_cast<long double>(ours) - exact) / unit);
}

template <class Ours, class Exact, class Draw>
double largest_error(const Ours& ours, const Exact& exact, const Draw& draw) {
  double worst = 0;
  for (int i = 0; i < kPoints; ++i) {
    const double x = draw();
    worst = std::max(worst, ulp_error(ours(x), exact(static_cast<long double>(x))));
  }
  return worst;
}

}  // namespace

TEST_CASE("exp is within its stated error over its whole range") {
  std::mt19937_64 bits(1);
  std::uniform_real_distribution<double> wide(-708, 708);
  std::uniform_real_distribution<double> narrow(-2, 2);
  const auto ours = [](double x) { return isoloss::exp(x); };
  const auto exact = [](long double x) { return std::exp(x); };
  const double error = std::max(largest_error(ours, exact, [&] { return wide(bits); }),
                                largest_error(ours, exact, [&] { return narrow(bits); }));
  INFO("largest error " << error << " ULP");
  CHECK(error < tolerance::kExpUlp);
}

TEST_CASE("log is within its stated error over its whole range") {
  std::mt19937_64 bits(2);
  std::uniform_real_distribution<double> exponent(-708, 709);
  std::uniform_real_distribution<double> near_one(0.7, 1.5);
  const auto ours = [](double x) { return isoloss::log(x); };
  const auto exact = [](long double x) { return std::log(x); };
  const double error =
      std::max(largest_error(ours, exact, [&] { return std::exp(exponent(bits)); }),
               largest_error(ours, exact, [&] { return near_one(bits); }));
  INFO("largest error " << error << " ULP");
  CHECK(error < tolerance::kLogUlp);
}

TEST_CASE("exp and log at their edges") {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  CHECK(isoloss::exp(0.0) == 1.0);
  CHECK(isoloss::log(1.0) == 0.0);
  CHECK(isoloss::exp(1000.0) == isoloss::exp(708.0));
  CHECK(isoloss::exp(infinity) == isoloss::exp(708.0));
  CHECK(isoloss::exp(-infinity) == isoloss::exp(-708.0));
  CHECK(isoloss::exp(-708.0) > 0);
  CHECK(std::isnan(isoloss::exp(nan)));
  CHECK(std::isnan(isoloss::log(nan)));
  CHECK(std::isnan(isoloss::log(infinity)));
}

TEST_CASE("Lanes of scalars give the bits of the scalar") {
  std::mt19937_64 bits(3);
  std::uniform_real_distribution<double> x(-30, 30);
  for (int round = 0; round < 1000; ++round) {
    double in[kNumLanes];
    double exponentials[kNumLanes];
    double logs[kNumLanes];
    for (double& value : in) value = x(bits);
    const auto lanes = Lanes<ScalarPack>::load(in);
    isoloss::exp(lanes).store(exponentials);
    isoloss::log(isoloss::exp(lanes)).store(logs);
    for (int lane = 0; lane < kNumLanes; ++lane) {
      REQUIRE(exponentials[lane] == isoloss::exp(in[lane]));
      REQUIRE(logs[lane] == isoloss::log(isoloss::exp(in[lane])));
    }
  }
}

TEST_CASE("log_sum_exp is the log of a sum of exponentials") {
  CHECK(std::fabs(log_sum_exp(std::log(2.0), std::log(3.0), std::log(5.0)) - std::log(10.0)) <
        tolerance::kClosedForm);
  CHECK(std::fabs(log_sum_exp(300.0, -300.0) - 300.0) < tolerance::kClosedForm);
}

}  // namespace isoloss
