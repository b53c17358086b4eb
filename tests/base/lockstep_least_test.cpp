#include "host/base/lockstep_least.h"

#include <algorithm>
#include <cmath>

#include "tests/catch.h"
#include "tests/tolerance.h"

namespace isoloss {

TEST_CASE("Rows that are searched together each end at the least of their own function") {
  // (x - 1)^2, one that falls to the end, one with two valleys, one that is a number in one half.
  const std::vector<double> lower{-3, 0, -3, -4}, upper{5, 2, 3, 4};
  const LeastOfRows got = lockstep_least(lower, upper, 33, [](const auto& x, auto& y) {
    y[0] = (x[0] - 1) * (x[0] - 1);
    y[1] = -x[1];
    y[2] = (x[2] * x[2] - 4) * (x[2] * x[2] - 4) + 0.1 * x[2];
    y[3] = x[3] < 0 ? NAN : x[3] + 1 / (x[3] + 1);
  });
  CHECK(std::fabs(got.x[0] - 1) < tolerance::kSearchedOptimum);
  CHECK(got.x[1] == 2);
  CHECK(got.y[1] == -2);
  CHECK(got.x[2] < -1.9);
  CHECK(got.x[3] == 0);
  CHECK(got.y[3] == 1);
}

TEST_CASE("A narrow valley is found that lies below an end between places that lie above it") {
  const LeastOfRows got = lockstep_least({0}, {10}, 11, [](const auto& x, auto& y) {
    y[0] = std::min(0.1 * x[0], 1 + (std::fabs(x[0] - 5.4) - 1) * 1.1);
  });
  CHECK(std::fabs(got.x[0] - 5.4) < tolerance::kSearchedOptimum);
  CHECK(got.y[0] < 0);
}

TEST_CASE("A function that is no number anywhere has no least") {
  const LeastOfRows got =
      lockstep_least({0}, {1}, 5, [](const auto&, auto& y) { y.assign(1, NAN); });
  CHECK(std::isnan(got.x[0]));
  CHECK(std::isnan(got.y[0]));
}

}  // namespace isoloss
