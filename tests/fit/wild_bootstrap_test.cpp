// The wild bootstrap of a straight line, held against one that refits every draw.

#include "host/fit/wild_bootstrap.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "host/answers/fitted_law.h"
#include "host/base/statistics.h"
#include "tests/catch.h"
#include "tests/planted_source.h"
#include "tests/relative.h"
#include "tests/tolerance.h"

namespace isoloss {
namespace {

constexpr std::size_t kRows = 24, kRowsARun = 3;
constexpr int kDraws = 400;
constexpr std::uint64_t kSeed = 7;

struct Line {
  double intercept = 0, slope = 0, middle = 0, square = 0;  // square: of x around its middle
};

double x_of(std::size_t i) { return 1 + 0.25 * static_cast<double>(i * i % 17); }

std::vector<double> first_y() {
  std::vector<double> out;
  for (std::size_t i = 0; i < kRows; ++i) {
    const double run = static_cast<double>(i / kRowsARun);
    out.push_back(2 + 3 * x_of(i) + std::sin(3 * run) * (0.5 + 0.1 * run) +
                  0.1 * std::cos(5.0 * static_cast<double>(i)));
  }
  return out;
}

Line line_through(const std::vector<double>& y) {
  Line out;
  double mean_y = 0;
  for (std::size_t i = 0; i < kRows; ++i) out.middle += x_of(i) / kRows, mean_y += y[i] / kRows;
  double product = 0;
  for (std::size_t i = 0; i < kRows; ++i) {
    const double x = x_of(i) - out.middle;
    out.square += x * x, product += x * y[i];
  }
  out.slope = product / out.square;
  out.intercept = mean_y - out.slope * out.middle;
  return out;
}

double residual(const Line& line, const std::vector<double>& y, std::size_t i) {
  return y[i] - line.intercept - line.slope * x_of(i);
}

// CR1 of Cameron & Miller 2015.
double slope_error(const Line& line, const std::vector<double>& y) {
  constexpr double G = kRows / kRowsARun, n = kRows, p = 2;
  double square = 0;
  for (std::size_t first = 0; first < kRows; first += kRowsARun) {
    double sum = 0;
    for (std::size_t i = first; i < first + kRowsARun; ++i)
      sum += (x_of(i) - line.middle) * residual(line, y, i) / line.square;
    square += sum * sum;
  }
  return std::sqrt(G / (G - 1) * (n - 1) / (n - p) * square);
}

FittedLaw fitted() {
  std::string csv = "run,x,y\n";
  const std::vector<double> y = first_y();
  for (std::size_t i = 0; i < kRows; ++i)
    csv += fmt::format("r{},{},{}\n", i / kRowsARun, x_of(i), y[i]);
  RunSource source = source_of(csv);
  source.read.response = "y";
  FitOptions options;
  options.law = "a + b*x";
  options.linear_residual = true;
  options.residual_loss.kind = ResidualKind::squared;
  options.num_resamples = kDraws;
  options.seed = kSeed;
  options.intervals = {IntervalMethod::wild};
  return fit(source, options);
}

}  // namespace

TEST_CASE("A wild bootstrap of a line has the ratios of one that refits every draw") {
  const std::vector<double> y = first_y();
  const Line line = line_through(y);
  std::vector<double> ratios;
  for (int draw = 0; draw < kDraws; ++draw) {
    std::vector<double> drawn = y;
    for (std::size_t i = 0; i < kRows; ++i) {
      const double factor = WildBootstrap::factor(kSeed, static_cast<std::uint64_t>(draw),
                                                  static_cast<std::uint32_t>(i / kRowsARun));
      drawn[i] -= (1 - factor) * residual(line, y, i);
    }
    const Line again = line_through(drawn);
    ratios.push_back((again.slope - line.slope) / slope_error(again, drawn));
  }
  const Interval expected = percentile_interval(ratios, 0.95);
  const ParamEstimate slope = fitted().made->fit.params[1];
  const double error = slope_error(line, y);
  REQUIRE(slope.wild);
  CHECK(relative(slope.wild->lower, slope.value - expected.upper * error) < tolerance::kClosedForm);
  CHECK(relative(slope.wild->upper, slope.value - expected.lower * error) < tolerance::kClosedForm);
}

TEST_CASE("Factors of the wild bootstrap have mean 0 and variance 1") {
  double sum = 0, square = 0;
  constexpr int kNum = 60000;
  for (std::uint32_t i = 0; i < kNum; ++i) {
    const double own = WildBootstrap::factor(1, i / 100, i % 100);
    sum += own, square += own * own;
  }
  CHECK(std::fabs(sum / kNum) < 4 / std::sqrt(kNum));
  CHECK(square / kNum == Approx(1).epsilon(0.01));
}

}  // namespace isoloss
