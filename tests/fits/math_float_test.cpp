// Floats in the screens of a GPU: close to double, in the functions and in laws of terms.

#include "fits/math.h"

#include <cmath>
#include <limits>
#include <random>

#include "host/laws/all_laws.h"
#include "host/laws/registry.h"
#include "tests/catch.h"
#include "tests/tolerance.h"

namespace isoloss {
namespace {

double float_ulps(float ours, double exact) {
  const auto nearest = static_cast<float>(std::fabs(exact));
  const double step = static_cast<double>(std::nextafter(nearest, INFINITY)) - nearest;
  return std::fabs(static_cast<double>(ours) - exact) / step;
}

// A point in the middle of a law's starts, moved a little, and a run.
template <class L>
void check_law(std::mt19937_64& bits) {
  std::uniform_real_distribution<double> part(0, 1);
  double theta[L::num_params];
  float theta_float[L::num_params];
  for (std::size_t k = 0; k < L::num_params; ++k) {
    const auto& starts = L::params[k].starts;
    theta_float[k] =
        static_cast<float>(starts.first + (0.25 + part(bits) / 2) * (starts.last - starts.first));
    theta[k] = theta_float[k];
  }
  const auto log_N = static_cast<float>(17 + 7 * part(bits));
  const auto log_D = static_cast<float>(20 + 7 * part(bits));
  const double exact = L::log_loss(theta, Run<L, double>{{log_N, log_D}});
  const float ours = L::log_loss(theta_float, Run<L, float>{{log_N, log_D}});
  INFO(L::name << " " << exact);
  CHECK(std::fabs(static_cast<double>(ours) - exact) <=
        tolerance::kFloatLogLoss * std::max(1.0, std::fabs(exact)));
}

}  // namespace

TEST_CASE("exp and log of a float keep to their bounds") {
  double worst_exp = 0;
  double worst_log = 0;
  for (int i = -8600; i <= 8600; ++i) {
    const float x = static_cast<float>(i) * 0.01f;
    worst_exp = std::max(worst_exp, float_ulps(exp(x), std::exp(static_cast<double>(x))));
    const float y = std::ldexp(1.0f + static_cast<float>(i + 8600) / 17201, i % 100);
    worst_log = std::max(worst_log, float_ulps(log(y), std::log(static_cast<double>(y))));
  }
  INFO("exp " << worst_exp << " ULP, log " << worst_log << " ULP");
  CHECK(worst_exp <= tolerance::kFloatUlp);
  CHECK(worst_log <= tolerance::kFloatUlp);
}

TEST_CASE("exp and log of a float at their edges") {
  CHECK(std::isnan(exp(std::numeric_limits<float>::quiet_NaN())));
  CHECK(std::isnan(log(std::numeric_limits<float>::quiet_NaN())));
  CHECK(exp(1000.0f) == exp(87.0f));
}

TEST_CASE("A float stays one in the templates of fits/math.h") {
  CHECK(log_sum_exp(1.0f, 2.0f) == log(exp(1.0f) + exp(2.0f)));
}

TEST_CASE("Every law of terms in N and D is in float close to itself in double") {
  std::mt19937_64 bits(1);
  for_each_law([&]<class L>() {
    if constexpr (HasTerms<L> && L::inputs.size() == 2)
      for (int i = 0; i < 200; ++i) check_law<L>(bits);
  });
}

}  // namespace isoloss
