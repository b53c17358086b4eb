// Profile intervals by constrained refits, held against closed forms for straight lines, against
// the profiles of parameters, and against searches along one line.

#include "host/fit/constrained_profile.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "fits/random.h"
#include "host/answers/fitted_law.h"
#include "host/base/root.h"
#include "host/base/statistics.h"
#include "host/fit/run_search.h"
#include "tests/catch.h"
#include "tests/line_runs.h"
#include "tests/planted_source.h"
#include "tests/relative.h"
#include "tests/tolerance.h"

namespace isoloss {
namespace {

constexpr std::size_t kNum = 60;
const RunSource kFigure4{{ISOLOSS_SOURCE "/datasets/chinchilla_figure4.csv"}, {}, {}};
constexpr double kNearlyNothing = 1e-11;
constexpr double kDelta = 0.05;  // a third of the residuals lie within

double x_of(std::size_t i) { return 1 + 0.25 * static_cast<double>(i); }
double y_of(std::size_t i) {
  constexpr double kErrors[] = {0.4, -0.1, 0.2, -0.9, 0.1, 1.3, -0.2};
  return 2 + 3 * x_of(i) + 0.3 * kErrors[(i * i / 3) % std::size(kErrors)];
}

FittedLaw profiled_line(const FitOptions& options, bool by_run = false, double less = 0) {
  std::vector<LinePoint> points;
  for (std::size_t i = 0; i < kNum; ++i) points.push_back({x_of(i), y_of(i) - less, i / 3});
  return fitted_line(points, by_run, options);
}

FitOptions squared() {
  FitOptions out;
  out.residual_loss.kind = ResidualKind::squared;
  out.num_resamples = 0;
  return out;
}

FitOptions huber(int num_resamples) {
  FitOptions out;
  out.residual_loss.huber_delta = kDelta;
  out.num_resamples = num_resamples;
  return out;
}

using OfTheta = std::function<double(const Theta&)>;

// Of a fit of lines.
std::optional<Interval> profile_of(const FittedLaw& law, const OfTheta& quantity, bool by_ratio) {
  const FitResult& fit = law.made->fit;
  const Problem problem(law.made->runs, *fit.law, 1);
  const Units units = units_of(law.made->runs, true);
  const FitOptions searched = in_unit_of(*fit.law, fit.options);
  const auto profiles = ConstrainedProfiles::of(problem, units, searched, fit);
  if (!profiles) return {};
  return profiles->interval(quantity, by_ratio);
}

// Least squares of the line: variances of a and b and their covariance, times the noise's.
struct LineErrors {
  double aa = 0, ab = 0, bb = 0;
};

LineErrors errors_of(const FittedLaw& law) {
  double x = 0, xx = 0, square = 0;
  const double n = kNum;
  for (std::size_t i = 0; i < kNum; ++i) x += x_of(i), xx += x_of(i) * x_of(i);
  for (const double own : law.made->fit.residuals) square += own * own;
  const double noise = square / (n - 2), determinant = n * xx - x * x;
  return {noise * xx / determinant, -noise * x / determinant, noise * n / determinant};
}

double huber_of(double r) {
  const double size = std::fabs(r);
  return size <= kDelta ? 0.5 * r * r : kDelta * (size - 0.5 * kDelta);
}

// The least Huber objective of the line with a slope, each row counted so often.
double least_with(double slope, const std::vector<std::uint16_t>& counts) {
  const auto gradient = [&](double a) {
    double sum = 0;
    for (std::size_t i = 0; i < kNum; ++i)
      sum += counts[i] * std::clamp(a + slope * x_of(i) - y_of(i), -kDelta, kDelta);
    return sum;
  };
  const double a = root_between(gradient, {-20, gradient(-20)}, {20, gradient(20)}, 1e-13);
  double out = 0;
  for (std::size_t i = 0; i < kNum; ++i) out += counts[i] * huber_of(a + slope * x_of(i) - y_of(i));
  return out;
}

}  // namespace

TEST_CASE("A profile of a line's slope is the textbook's interval, that of its root Fieller's") {
  const FittedLaw law = profiled_line(squared());
  const double t = student_t(0.95, static_cast<int>(kNum) - 2);
  const LineErrors errors = errors_of(law);
  const auto [a, b] = std::pair{law.theta()[0], law.theta()[1]};
  const auto slope = profile_of(
      law, [](const Theta& theta) { return theta[1]; }, false);
  REQUIRE(slope);
  CHECK(relative(slope->upper - b, t * std::sqrt(errors.bb)) < tolerance::kClosedForm);
  CHECK(relative(b - slope->lower, t * std::sqrt(errors.bb)) < tolerance::kClosedForm);

  // Where a + b x is t standard errors from zero: Fieller 1954, Journal of the Royal Statistical
  // Society B 16:175.
  const double square = b * b - t * t * errors.bb, linear = a * b - t * t * errors.ab,
               constant = a * a - t * t * errors.aa;
  const double half = std::sqrt(linear * linear - square * constant) / square;
  const auto root = profile_of(
      law, [](const Theta& of) { return -of[0] / of[1]; }, false);
  REQUIRE(root);
  CHECK(relative(root->lower, -linear / square - half) < tolerance::kClosedForm);
  CHECK(relative(root->upper, -linear / square + half) < tolerance::kClosedForm);
}

TEST_CASE("A parameter of nearly nothing has the interval that its runs give it") {
  const double a = profiled_line(squared()).theta()[0];
  const FittedLaw law = profiled_line(squared(), false, a - kNearlyNothing);
  CHECK(std::fabs(law.theta()[0]) < 2 * kNearlyNothing);
  const double half = student_t(0.95, static_cast<int>(kNum) - 2) * std::sqrt(errors_of(law).aa);
  const auto own = profile_of(
      law, [](const Theta& theta) { return theta[0]; }, false);
  REQUIRE(own);
  CHECK(relative(own->upper, half + law.theta()[0]) < tolerance::kSameOptimum);
  CHECK(relative(own->lower, law.theta()[0] - half) < tolerance::kSameOptimum);
}

// Few runs, far from the floor: what is held at its end is far from the estimate too.
TEST_CASE("A floor that may be zero ends there, and losses far beyond the runs have intervals") {
  std::string csv = "params,tokens,loss\n";
  constexpr double kNoise[] = {0.008, -0.012, 0.003, 0.011, -0.006, -0.009, 0.014, -0.002};
  for (int i = 0; i < 25; ++i) {
    const double N = std::pow(10, 7 + 0.5 * (i % 5)), D = std::pow(10, 8 + 0.5 * (i / 5));
    const double loss = 0.3 + 60 * std::pow(N, -0.25) + 200 * std::pow(D, -0.27);
    csv += fmt::format("{},{},{}\n", N, D, loss * std::exp(3 * kNoise[(i * i + i) % 8]));
  }
  FitOptions options = squared();
  options.compute = {1e16, 1e18, 1e20};
  options.intervals = {IntervalMethod::profile};
  const FittedLaw law = fit(source_of(csv), options);
  const FitResult& fit = law.made->fit;
  const auto floor = profile_of(
      law, [&](const Theta& of) { return fit.law->shown(0, of[0]); }, fit.law->is_log(0));
  REQUIRE(floor);
  CHECK(fit.params[0].profile->lower == 0);
  CHECK(floor->lower == 0);
  CHECK(relative(floor->upper, fit.params[0].profile->upper) < tolerance::kSameOptimum);
  for (const OptimumEstimate& at : fit.optima) {
    INFO(at.C);
    for (const Estimate* own : {&at.N, &at.L}) {
      REQUIRE(own->constrained_profile);
      CHECK(own->constrained_profile->lower < own->value);
      CHECK(own->value < own->constrained_profile->upper);
    }
  }
}

TEST_CASE("A profile leaves a bound that the fit ended at, where that is lower") {
  const RunSource source{{ISOLOSS_SOURCE "/tests/designs/one_budget_no_floor.csv"}, {}, {}};
  FitOptions options = squared();
  options.compute = {1e22, 1e23};
  options.intervals = {IntervalMethod::profile};
  const FitResult fit = isoloss::fit(source, options).made->fit;
  REQUIRE(fit.params[0].at_bound);
  const double t = student_t(fit.options.confidence, fit.profile.degrees_of_freedom);
  const double level = fit.objective * (1 + t * t / fit.profile.degrees_of_freedom);
  options.intervals.clear();
  for (const char* floor : {"E=1", "E=1.7", "E=1.9", "E=2"}) {
    INFO(floor);
    options.overrides = parse_overrides({}, {}, std::vector<std::string>{floor});
    const FitResult other = isoloss::fit(source, options).made->fit;
    REQUIRE(other.objective < level);
    for (std::size_t i = 0; i < other.optima.size(); ++i) {
      const std::optional<Interval>& own = fit.optima[i].N.constrained_profile;
      if (own)
        CHECK((own->lower < other.optima[i].N.value && other.optima[i].N.value < own->upper));
    }
  }
  CHECK(fit.optima[1].N.constrained_profile);
}

TEST_CASE("Constrained profiles of parameters are the profiles that least squares has") {
  FitOptions options = squared();
  const FittedLaw law = fit(kFigure4, options);
  const FitResult& fit = law.made->fit;
  for (std::size_t k = 0; k < fit.params.size(); ++k) {
    INFO(fit.params[k].name);
    const auto own = profile_of(
        law, [&](const Theta& of) { return fit.law->shown(static_cast<int>(k), of[k]); },
        fit.law->is_log(static_cast<int>(k)));
    REQUIRE(own);
    CHECK(relative(own->lower, fit.params[k].profile->lower) < tolerance::kSameOptimum);
    CHECK(relative(own->upper, fit.params[k].profile->upper) < tolerance::kSameOptimum);
  }
}

TEST_CASE("The level of a Huber fit's profile is that of its resamples") {
  constexpr int kResamples = 199;
  const FittedLaw law = profiled_line(huber(kResamples));
  const FitResult& fit = law.made->fit;
  const double b = law.theta()[1];
  std::vector<std::uint16_t> counts(kNum, 1);
  std::vector<double> rises;
  for (int i = 0; i < kResamples; ++i) {
    const auto draw = static_cast<std::size_t>(i);
    resample_counts(fit.options.seed, draw, kNum, counts.data());
    rises.push_back(least_with(b, counts) - fit.draw_objective[draw]);
  }
  std::sort(rises.begin(), rises.end());
  const double level = rises[189];  // 0.95 of 200

  const auto slope = profile_of(
      law, [](const Theta& theta) { return theta[1]; }, false);
  REQUIRE(slope);
  counts.assign(kNum, 1);
  for (const double end : {slope->lower, slope->upper})
    CHECK(relative(least_with(end, counts) - fit.objective, level) < tolerance::kClosedForm);
  CHECK(slope->lower < b);
  CHECK(b < slope->upper);
}

TEST_CASE("Where no table has the level, a profile takes a bootstrap") {
  const OfTheta slope = [](const Theta& theta) { return theta[1]; };
  CHECK_FALSE(profile_of(profiled_line(huber(0)), slope, false));
  FitOptions by_run = squared();
  CHECK_FALSE(profile_of(profiled_line(by_run, true), slope, false));
  by_run.num_resamples = 199;
  CHECK(profile_of(profiled_line(by_run, true), slope, false));
}

TEST_CASE("A fit has profiles of exponents and optima where they are asked for") {
  FitOptions options = huber(199);
  options.residual_loss.huber_delta = 1e-3;
  options.intervals = {IntervalMethod::profile};
  options.compute = {1e22};
  const FitResult fit = isoloss::fit(kFigure4, options).made->fit;
  const OptimumEstimate& at = fit.optima.front();
  for (const Estimate* own : {&fit.N_exponent, &at.N, &at.D, &at.L}) {
    REQUIRE(own->constrained_profile);
    CHECK(own->constrained_profile->lower < own->value);
    CHECK(own->value < own->constrained_profile->upper);
  }
  // Where N is least D is largest: 6 N D is the budget.
  CHECK(relative(6 * at.N.constrained_profile->lower * at.D.constrained_profile->upper, 1e22) <
        tolerance::kSameOptimum);
  CHECK_FALSE(isoloss::fit(kFigure4, huber(0)).made->fit.N_exponent.constrained_profile);
}

}  // namespace isoloss
