// The jackknife, held against refits of straight lines by the textbook's formula.

#include "host/fit/unit_jackknife.h"

#include <cmath>
#include <string>
#include <vector>

#include "host/answers/fitted_law.h"
#include "host/base/statistics.h"
#include "tests/catch.h"
#include "tests/line_runs.h"
#include "tests/relative.h"
#include "tests/tolerance.h"

namespace isoloss {
namespace {

// Rows that go together in threes, around y = 2 + 3 x.
std::vector<LinePoint> line_points(std::size_t num) {
  constexpr double kErrors[] = {0.4, -0.1, 0.2, -0.9, 0.1, 1.3, -0.2};
  std::vector<LinePoint> out;
  for (std::size_t i = 0; i < num; ++i) {
    const double x = 1 + 0.25 * static_cast<double>(i);
    out.push_back({x, 2 + 3 * x + 0.1 * x * kErrors[(i / 2) % std::size(kErrors)], i / 3});
  }
  return out;
}

double slope_without(const std::vector<LinePoint>& points, bool by_run, std::size_t unit) {
  double n = 0, x = 0, y = 0, xx = 0, xy = 0;
  for (std::size_t i = 0; i < points.size(); ++i) {
    if ((by_run ? points[i].run : i) == unit) continue;
    const LinePoint& own = points[i];
    n += 1, x += own.x, y += own.y, xx += own.x * own.x, xy += own.x * own.y;
  }
  return (xy - x * y / n) / (xx - x * x / n);
}

FittedLaw jackknifed_line(const std::vector<LinePoint>& points, bool by_run, FitOptions options) {
  options.intervals = {IntervalMethod::jackknife};
  return fitted_line(points, by_run, options);
}

FitOptions squared() {
  FitOptions out;
  out.residual_loss.kind = ResidualKind::squared;
  out.num_resamples = 0;
  return out;
}

}  // namespace

TEST_CASE("A jackknife interval of a line is made of refits without each row, or run") {
  for (const bool by_run : {false, true}) {
    const std::vector<LinePoint> points = line_points(60);
    const ParamEstimate slope = jackknifed_line(points, by_run, squared()).made->fit.params[1];
    const std::size_t num = by_run ? 20 : 60;
    const double G = static_cast<double>(num);
    double square = 0;
    for (std::size_t u = 0; u < num; ++u)
      square += std::pow(slope_without(points, by_run, u) - slope.value, 2);
    const double half = student_t(0.95, by_run ? 19 : 58) * std::sqrt((G - 1) / G * square);
    REQUIRE(slope.jackknife);
    CHECK(relative(slope.jackknife->upper - slope.value, half) < tolerance::kClosedForm);
    CHECK(relative(slope.value - slope.jackknife->lower, half) < tolerance::kClosedForm);
  }
}

TEST_CASE("A jackknife is of a loss that is curved where the residuals are") {
  FitOptions options = squared();
  const auto slope_of = [&](ResidualLoss loss, int num_threads) {
    options.residual_loss = loss;
    options.num_threads = num_threads;
    return jackknifed_line(line_points(60), false, options).made->fit.params[1];
  };
  ResidualLoss huber;
  huber.huber_delta = 1;
  const ParamEstimate one = slope_of(huber, 1), three = slope_of(huber, 3);
  REQUIRE(one.jackknife);
  CHECK(one.jackknife->lower < one.value);
  CHECK(one.jackknife->upper > one.value);
  CHECK(one.jackknife->lower == three.jackknife->lower);
  CHECK(one.jackknife->upper == three.jackknife->upper);
  huber.huber_delta = 1e-3;
  CHECK(!slope_of(huber, 2).jackknife);
  CHECK(!slope_of({.kind = ResidualKind::absolute}, 2).jackknife);
}

TEST_CASE("Four runs are too few for a jackknife") {
  CHECK(!jackknifed_line(line_points(12), true, squared()).made->fit.params[1].jackknife);
  CHECK(jackknifed_line(line_points(15), true, squared()).made->fit.params[1].jackknife);
}

}  // namespace isoloss
