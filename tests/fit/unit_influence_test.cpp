// Influences of rows and runs, held against the textbook's formulas for straight lines.

#include "host/fit/unit_influence.h"

#include <array>
#include <cmath>
#include <string>

#include "host/answers/fitted_law.h"
#include "host/base/statistics.h"
#include "tests/catch.h"
#include "tests/planted_source.h"
#include "tests/relative.h"
#include "tests/tolerance.h"

namespace isoloss {
namespace {

constexpr std::size_t kNumRows = 60;
constexpr std::array<double, 7> kErrors = {0.4, -0.1, 0.2, -0.9, 0.1, 1.3, -0.2};

// Rows that go together in threes, around y = 2 + 3 x; errors grow with x and are skewed.
RunSource line_runs(bool has_runs) {
  std::string csv = has_runs ? "run,x,y\n" : "x,y\n";
  for (std::size_t i = 0; i < kNumRows; ++i) {
    const double x = 1 + 0.25 * static_cast<double>(i);
    if (has_runs) csv += fmt::format("r{},", i / 3);
    csv += fmt::format("{},{}\n", x, 2 + 3 * x + 0.1 * x * kErrors[(i / 2) % kErrors.size()]);
  }
  RunSource out = source_of(csv);
  out.read.response = "y";
  return out;
}

FitOptions options_of(const char* law, ResidualKind kind) {
  FitOptions out;
  out.law = law;
  out.linear_residual = true;
  out.residual_loss.kind = kind;
  out.num_resamples = 0;
  out.intervals = {IntervalMethod::sandwich, IntervalMethod::bca};
  return out;
}

// Of the slope: by each row, times the sum of squares of x around its mean.
std::vector<double> slope_influences(const FitResult& fit) {
  const double middle = 1 + 0.25 * 0.5 * (kNumRows - 1.0);
  std::vector<double> out;
  for (std::size_t i = 0; i < kNumRows; ++i)
    out.push_back(-(1 + 0.25 * static_cast<double>(i) - middle) * fit.residuals[i]);
  return out;
}

double sum_of_squares_of_x() {
  const double n = kNumRows;
  return 0.25 * 0.25 * n * (n * n - 1) / 12;
}

UnitInfluence influence_of(const FittedRuns& made) {
  const auto out = UnitInfluence::of(made.runs, made.fit, units_of(made.runs, true));
  REQUIRE(out);
  return *out;
}

}  // namespace

TEST_CASE("A sandwich interval of a line is White's") {
  const FittedLaw law = fit(line_runs(false), options_of("a + b*x", ResidualKind::squared));
  const FitResult& got = law.made->fit;
  double square = 0;
  for (const double own : slope_influences(got)) square += own * own;
  const double n = kNumRows, error = std::sqrt(square * n / (n - 2)) / sum_of_squares_of_x();
  const double half = student_t(0.95, kNumRows - 2) * error;
  REQUIRE(got.params[1].sandwich);
  CHECK(relative(got.params[1].sandwich->lower, got.params[1].value - half) <
        tolerance::kClosedForm);
  CHECK(relative(got.params[1].sandwich->upper, got.params[1].value + half) <
        tolerance::kClosedForm);
  CHECK(!got.params[1].bca);  // without draws
}

TEST_CASE("Rows of one run go into a sandwich together") {
  const FittedLaw law = fit(line_runs(true), options_of("a + b*x", ResidualKind::squared));
  const std::vector<double> rows = slope_influences(law.made->fit);
  double square = 0;
  for (std::size_t i = 0; i < kNumRows; i += 3)
    square += std::pow(rows[i] + rows[i + 1] + rows[i + 2], 2);
  const double n = kNumRows, G = n / 3;
  const double error = std::sqrt(square * G / (G - 1) * (n - 1) / (n - 2)) / sum_of_squares_of_x();
  const ParamEstimate& slope = law.made->fit.params[1];
  REQUIRE(slope.sandwich);
  CHECK(relative(slope.sandwich->upper - slope.value, student_t(0.95, 19) * error) <
        tolerance::kClosedForm);
}

TEST_CASE("The acceleration of an estimate is a sixth of the skewness of its influences") {
  const FittedLaw law = fit(line_runs(false), options_of("a + b*x", ResidualKind::squared));
  double square = 0, cube = 0;
  for (const double own : slope_influences(law.made->fit))
    square += own * own, cube += own * own * own;
  const double expected = cube / (6 * std::pow(square, 1.5));
  const UnitInfluence influence = influence_of(*law.made);
  const auto slope = influence.on([](const Theta& theta) { return theta[1]; });
  const auto downward = influence.on([](const Theta& theta) { return 5 - 1e6 * theta[1]; });
  REQUIRE(slope);
  REQUIRE(downward);
  CHECK(relative(slope->acceleration, expected) < tolerance::kClosedForm);
  CHECK(relative(downward->acceleration, -expected) < tolerance::kClosedForm);
  CHECK(relative(*downward->standard_error, 1e6 * *slope->standard_error) < tolerance::kClosedForm);
  CHECK(!influence.on([](const Theta&) { return 7.0; }));
  CHECK(!influence.on([](const Theta&) { return NAN; }));
}

TEST_CASE("A curvature that rows within delta do not tell gives no standard error") {
  FitOptions options = options_of("a + b*x", ResidualKind::huber);
  const auto slope_of = [&](double delta) {
    options.residual_loss.huber_delta = delta;
    const FittedLaw law = fit(line_runs(false), options);
    return influence_of(*law.made).on([](const Theta& theta) { return theta[1]; }).value();
  };
  CHECK(slope_of(1e3).standard_error);  // as least squares
  CHECK(!slope_of(1e-3).standard_error);
  CHECK(std::fabs(slope_of(1e-3).acceleration) > 0);
  options.residual_loss.kind = ResidualKind::absolute;
  CHECK(!slope_of(1e-3).standard_error);
}

TEST_CASE("A line through as many rows as it has parameters has no influences") {
  const FittedLaw law = fit(line_runs(false), options_of("a + b*x", ResidualKind::squared));
  RunTable runs = law.made->runs;
  Units units = units_of(runs, true);
  units.num_units = 2;
  for (std::size_t i = 0; i < kNumRows; ++i) units.of_row[i] = i % 2;
  CHECK(!UnitInfluence::of(runs, law.made->fit, units));
}

}  // namespace isoloss
