// Calibrated intervals.

#include "host/answers/coverage/calibrate.h"

#include <cmath>
#include <string>

#include "host/answers/asked_quantities.h"
#include "host/answers/coverage/coverage.h"
#include "host/answers/coverage/noise_draws.h"
#include "host/base/statistics.h"
#include "tests/catch.h"
#include "tests/planted_source.h"
#include "tests/simulated.h"

namespace isoloss {
namespace {

constexpr int kSets = 400;

// Rows around y = 2 + 3 x.
RunSource line_rows(int num) {
  std::string csv = "x,y\n";
  for (int i = 0; i < num; ++i) {
    const double x = 1 + 0.25 * i;
    csv += fmt::format("{},{}\n", x, 2 + 3 * x + 0.1 * normal(3, 1, static_cast<unsigned>(i)));
  }
  RunSource out = source_of(csv);
  out.read.response = "y";
  return out;
}

FitOptions line_options(int num_threads) {
  FitOptions out;
  out.law = "a + b*x";
  out.linear_residual = true;
  out.residual_loss.kind = ResidualKind::squared;
  out.num_threads = num_threads;
  return out;
}

FittedRuns calibrated_line(int num_rows, int num_threads = 2) {
  FittedRuns out = fit_runs(line_rows(num_rows), line_options(num_threads));
  calibrate(out, kSets);
  return out;
}

double width_of(const std::optional<Interval>& own) {
  REQUIRE(own);
  return own->upper - own->lower;
}

}  // namespace

TEST_CASE(
    "Of few rows percentile intervals of a line are too narrow, and calibrated ones are not") {
  constexpr int kRows = 8;
  const FittedRuns line = calibrated_line(kRows);
  const ParamEstimate& slope = line.fit.params[1];
  const Calibration& own = line.fit.calibration.value();
  CHECK(own.num_sets == kSets);
  REQUIRE(own.quantities.size() == 2);
  CHECK(own.quantities[1].name == "b");
  CHECK(own.quantities[1].coverage.value() < 0.93);
  CHECK(own.quantities[1].levels.value().lower < 0.025);
  CHECK(own.quantities[1].levels.value().upper > 0.975);
  CHECK(width_of(slope.calibrated) > width_of(slope.interval));
}

TEST_CASE("Levels are near to what intervals promise where those hold") {
  const FittedRuns line = calibrated_line(200);
  for (const Calibration::Quantity& own : line.fit.calibration.value().quantities) {
    CHECK(own.coverage.value() == Approx(0.95).margin(0.035));
    CHECK(own.levels.value().lower == Approx(0.025).margin(0.02));
    CHECK(own.levels.value().upper == Approx(0.975).margin(0.02));
  }
  for (const ParamEstimate& own : line.fit.params)
    CHECK(width_of(own.calibrated) == Approx(width_of(own.interval)).epsilon(0.25));
}

TEST_CASE("What a calibration counts is what isoloss coverage counts") {
  const FittedRuns line = calibrated_line(12);
  FitOptions options = line_options(2);
  options.num_resamples = line.fit.calibration->num_resamples;
  const Coverage counted = coverage(line_rows(12), {{}, kSets, {}, {}}, options);
  for (std::size_t k = 0; k < 2; ++k)
    CHECK(counted.rows[k].by(IntervalMethod::percentile)->share ==
          Approx(line.fit.calibration->quantities[k].coverage.value()).margin(1e-12));
}

TEST_CASE("A calibration has the same digits on every number of threads") {
  const FittedRuns one = calibrated_line(12, 1), three = calibrated_line(12, 3);
  for (std::size_t k = 0; k < 2; ++k) {
    CHECK(one.fit.params[k].calibrated->lower == three.fit.params[k].calibrated->lower);
    CHECK(one.fit.params[k].calibrated->upper == three.fit.params[k].calibrated->upper);
  }
}

TEST_CASE("Optima keep their other intervals when they are calibrated") {
  FitOptions options;
  options.residual_loss.kind = ResidualKind::squared;
  options.num_resamples = 200;
  options.intervals = {IntervalMethod::bca, IntervalMethod::calibrated};
  RunSource source;
  source.paths = {"datasets/chinchilla_figure4.csv"};
  FittedRuns made = fit_runs(source, options);
  const Interval before = made.fit.optima.at(0).N.bca.value();
  calibrate(made, kFewestCalibrationSets);
  CHECK(made.fit.optima.at(0).N.bca.value().lower == before.lower);
  CHECK(made.fit.optima.at(0).N.calibrated.value().lower < made.fit.optima.at(0).N.value);
  std::size_t num = 0;
  for (const MethodInterval& own : asked_intervals(made.fit))
    num += own.method == IntervalMethod::calibrated;
  CHECK(num == made.fit.calibration->quantities.size());
}

TEST_CASE("Rows that are asked to count as independent are simulated so") {
  std::string csv = "run,x,y\n";
  for (int i = 0; i < 60; ++i)
    csv += fmt::format("r{},{},{}\n", i / 10, 1 + 0.25 * i,
                       2 + 0.75 * i + 0.1 * normal(3, 1, static_cast<unsigned>(i)));
  RunSource source = source_of(csv);
  source.read.response = "y";
  FitOptions options = line_options(2);
  options.group_by_run = false;
  FittedRuns made = fit_runs(source, options);
  calibrate(made, kSets);
  for (const Calibration::Quantity& own : made.fit.calibration->quantities)
    CHECK(own.coverage.value() == Approx(0.95).margin(0.04));
}

TEST_CASE("Simulated residuals are as wide as the weights of their rows say") {
  std::string csv = "x,y,weight\n";
  for (int i = 0; i < 200; ++i) {
    const double width = i % 2 == 0 ? 0.01 : 1;
    csv += fmt::format("{},{},{}\n", 1 + 0.25 * i,
                       2 + 0.75 * i + width * normal(3, 1, static_cast<unsigned>(i)),
                       1 / (width * width));
  }
  RunSource source = source_of(csv);
  source.read.response = "y";
  source.read.weights = "weight";
  const FittedRuns made = fit_runs(source, line_options(2));
  const std::vector<double> drawn = NoiseDraws({}, made, made.fit.theta).draw(1, 0);
  double narrow = 0, wide = 0;
  for (std::size_t i = 0; i < drawn.size(); ++i) {
    const double truth = made.runs.loss[i] + made.fit.residuals[i];
    (i % 2 == 0 ? narrow : wide) += std::pow(drawn[i] - truth, 2) / 100;
  }
  CHECK(std::sqrt(narrow) == Approx(0.01).epsilon(0.25));
  CHECK(std::sqrt(wide) == Approx(1).epsilon(0.25));
}

}  // namespace isoloss
