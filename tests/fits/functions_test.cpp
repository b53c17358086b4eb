// The functions of fits/functions.h: their error, their edges, the same bits in every kind of
// lanes.

#include "fits/functions.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <random>

#include "tests/catch.h"
#include "tests/functions_in_lanes.h"
#include "tests/tolerance.h"

namespace isoloss {

std::vector<testing::LevelFunctions>& testing::level_functions() {
  static std::vector<LevelFunctions> functions;
  return functions;
}

namespace {

constexpr int kPoints = 200000;
constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

// Distance in units in the last place of the exact value.
double ulp_error(double ours, long double exact) {
  const double rounded = std::fabs(static_cast<double>(exact));
  const double unit = std::nextafter(rounded, INFINITY) - rounded;
  return static_cast<double>(std::fabs(static_cast<long double>(ours) - exact) / unit);
}

// Numbers of both signs, even within [-width, width].
class Even {
 public:
  explicit Even(double width) : x_(-width, width) {}
  double operator()() { return x_(bits_); }

 private:
  std::mt19937_64 bits_{1};
  std::uniform_real_distribution<double> x_;
};

// Numbers of both signs whose sizes are even on a log scale.
class AnySize {
 public:
  AnySize(double smallest, double largest) : log_(std::log(smallest), std::log(largest)) {}
  double operator()() {
    const double size = std::exp(log_(bits_));
    return bits_() % 2 == 0 ? size : -size;
  }

 private:
  std::mt19937_64 bits_{2};
  std::uniform_real_distribution<double> log_;
};

template <class Ours, class Exact, class Draw>
double largest_error(const Ours& ours, const Exact& exact, Draw draw) {
  double worst = 0;
  for (int i = 0; i < kPoints; ++i) {
    const double x = draw();
    worst = std::max(worst, ulp_error(ours(x), exact(static_cast<long double>(x))));
  }
  return worst;
}

// z by Newton's method in long double, with steps to spare.
long double exact_balance(long double a, long double b) {
  long double z = a < 0 ? a : a / b;
  for (int step = 0; step < 40; ++step) {
    const long double e = std::exp(-std::fabs(z));
    const long double left = (z < 0 ? z : b * z) + (b - 1) * std::log1p(e);
    z -= (left - a) * (1 + e) / (z < 0 ? b * e + 1 : b + e);
  }
  return z;
}

}  // namespace

TEST_CASE("one_minus_exp is within its stated error, near zero too") {
  const auto ours = [](double x) { return one_minus_exp(x); };
  const auto exact = [](long double x) { return -std::expm1(-x); };
  const double error =
      std::max({largest_error(ours, exact, Even(700)), largest_error(ours, exact, Even(1)),
                largest_error(ours, exact, AnySize(1e-300, 1))});
  INFO("largest error " << error << " ULP");
  CHECK(error < tolerance::kOneMinusExpUlp);
}

TEST_CASE("Sine and cosine are within their stated error over their whole range") {
  const auto sine = [](double x) { return isoloss::sin(x); };
  const auto cosine = [](double x) { return isoloss::cos(x); };
  const auto exact_sine = [](long double x) { return std::sin(x); };
  const auto exact_cosine = [](long double x) { return std::cos(x); };
  const double error = std::max({largest_error(sine, exact_sine, Even(0x1p20)),
                                 largest_error(sine, exact_sine, AnySize(1e-300, 100)),
                                 largest_error(cosine, exact_cosine, Even(0x1p20)),
                                 largest_error(cosine, exact_cosine, AnySize(1e-300, 100))});
  INFO("largest error " << error << " ULP");
  CHECK(error < tolerance::kSineUlp);
}

TEST_CASE("Sine and cosine are right in the doubles next to their zeros") {
  const long double half_pi = std::acos(-1.0L) / 2;
  double error = 0;
  for (int quarters = 1; quarters < 600000; quarters += 7) {
    const auto x = static_cast<double>(quarters * half_pi);
    const auto angle = static_cast<long double>(x);
    error = std::max(error, quarters % 2 == 0 ? ulp_error(isoloss::sin(x), std::sin(angle))
                                              : ulp_error(isoloss::cos(x), std::cos(angle)));
  }
  INFO("largest error " << error << " ULP");
  CHECK(error < tolerance::kSineNearZeroUlp);
}

TEST_CASE("atan is within its stated error") {
  const auto ours = [](double x) { return isoloss::atan(x); };
  const auto exact = [](long double x) { return std::atan(x); };
  const double error =
      std::max({largest_error(ours, exact, Even(4)), largest_error(ours, exact, Even(0.5)),
                largest_error(ours, exact, AnySize(1e-300, 1e300))});
  INFO("largest error " << error << " ULP");
  CHECK(error < tolerance::kAtanUlp);
}

TEST_CASE("balance solves its equation over its whole range") {
  AnySize exponents(0.05, 20);
  Even even(300);
  AnySize any_size(1e-8, 300);
  double error = 0;
  for (int i = 0; i < kPoints / 10; ++i) {
    const double b = std::fabs(exponents());
    const double a = i % 2 == 0 ? even() : any_size();
    const long double exact = exact_balance(a, b);
    const long double size = std::max(1.0L, std::fabs(exact));
    error = std::max(error, static_cast<double>(std::fabs(balance(a, b) - exact) / size));
  }
  INFO("largest error " << error);
  CHECK(error < tolerance::kBalance);
}

TEST_CASE("The functions at their edges") {
  CHECK(one_minus_exp(0.0) == 0.0);
  CHECK(one_minus_exp(1e4) == 1.0);
  CHECK(one_minus_exp(kInfinity) == 1.0);
  CHECK(one_minus_exp(-1e4) == one_minus_exp(-708.0));
  CHECK(checked_log(1.0) == 0.0);
  CHECK(std::isnan(checked_log(0.0)));
  CHECK(std::isnan(checked_log(-1.0)));
  CHECK(std::isnan(checked_log(-kInfinity)));
  CHECK(std::isnan(checked_log(kInfinity)));
  CHECK(isoloss::sin(0.0) == 0.0);
  CHECK(isoloss::cos(0.0) == 1.0);
  CHECK_FALSE(std::isnan(isoloss::sin(0x1p20)));
  CHECK(std::isnan(isoloss::sin(0x1.00001p20)));
  CHECK(std::isnan(isoloss::cos(-0x1.00001p20)));
  CHECK(std::isnan(isoloss::cos(kInfinity)));
  CHECK(isoloss::atan(0.0) == 0.0);
  CHECK(isoloss::atan(kInfinity) == detail::kHalfPi);
  CHECK(isoloss::atan(-kInfinity) == -detail::kHalfPi);
  CHECK(balance(0.0, 1.0) == 0.0);
  CHECK(balance(-5.0, 1.0) == -5.0);
}

TEST_CASE("NaN gives NaN in each of the functions") {
  CHECK(std::isnan(one_minus_exp(kNaN)));
  CHECK(std::isnan(checked_log(kNaN)));
  CHECK(std::isnan(isoloss::sin(kNaN)));
  CHECK(std::isnan(isoloss::cos(kNaN)));
  CHECK(std::isnan(isoloss::atan(kNaN)));
  CHECK(std::isnan(balance(kNaN, 2.0)));
  CHECK(std::isnan(balance(2.0, kNaN)));
}

TEST_CASE("The functions give the same bits in the lanes of every instruction set") {
  using testing::kNumFunctions;
  AnySize draw(1e-3, 2e3);
  Even draw_b(3);
  const auto levels = usable_simd_levels();
  for (const auto& [level, apply] : testing::level_functions()) {
    if (std::find(levels.begin(), levels.end(), level) == levels.end()) continue;
    INFO(simd_name(level));
    for (int round = 0; round < 2000; ++round) {
      double a[kNumLanes];
      double b[kNumLanes];
      double lanes[kNumFunctions * kNumLanes];
      for (double& x : a) x = draw();
      for (double& x : b) x = draw_b();
      apply(a, b, lanes);
      for (int lane = 0; lane < kNumLanes; ++lane) {
        double scalar[kNumFunctions];
        testing::apply_functions(a[lane], b[lane], scalar);
        for (int i = 0; i < kNumFunctions; ++i) {
          const double in_lane = lanes[i * kNumLanes + lane];
          const bool both_nan = std::isnan(in_lane) && std::isnan(scalar[i]);
          REQUIRE((both_nan || std::bit_cast<std::uint64_t>(in_lane) ==
                                   std::bit_cast<std::uint64_t>(scalar[i])));
        }
      }
    }
  }
}

}  // namespace isoloss
