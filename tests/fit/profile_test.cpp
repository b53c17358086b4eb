// Profile-likelihood intervals: what an end is, held against searches from many starts, a linear
// law whose interval is known in closed form, unbounded sides, and coverage.

#include "host/fit/profile.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "host/base/statistics.h"
#include "host/fit/fit.h"
#include "host/reading/read_runs.h"
#include "host/report/fit.h"
#include "host/report/render.h"
#include "tests/catch.h"
#include "tests/figure4.h"
#include "tests/has_warning.h"
#include "tests/simulated.h"
#include "tests/tolerance.h"

namespace isoloss {
namespace {

FitResult squared_fit(const RunTable& runs, const char* law = "chinchilla",
                      double confidence = 0.95, int num_resamples = 0) {
  FitOptions options;
  options.law = law;
  options.residual_loss.kind = ResidualKind::squared;
  options.num_resamples = num_resamples;
  options.confidence = confidence;
  return fit(runs, options);
}

bool inside(const Interval& interval, double value) {
  return interval.lower <= value && value <= interval.upper;
}

// Starts around the fit and far from it, in the coordinates of `problem`.
std::vector<Theta> many_starts(const LawEntry& law, const Problem& problem, const Theta& plain) {
  std::vector<Theta> out;
  for (std::uint64_t stream = 0; stream < 6; ++stream) {
    Theta theta = law.to_search(plain, problem.centre());
    for (std::size_t k = 0; k < law.params.size(); ++k) {
      const double reach = law.is_log(static_cast<int>(k)) ? 2.0 : 0.3;
      theta[k] +=
          reach * normal(3, stream, static_cast<std::uint32_t>(k)) * (stream < 3 ? 0.1 : 1.0);
    }
    out.push_back(theta);
  }
  return out;
}

// The least objective with parameter k held at `shown`, over many starts.
double brute_force(const RunTable& runs, const FitResult& fit, int k, double shown) {
  const LawEntry& law = *fit.law;
  const Problem problem = profile_problem(law, Problem(runs, law), k);
  const double held = law.is_log(k) ? std::log(shown) : shown;
  double least = INFINITY;
  for (const Theta& start : many_starts(law, problem, fit.theta))
    least = std::min(least, profile_point(law, problem, k, held, start).objective);
  return least;
}

void check_ends(const RunTable& runs, const FitResult& fit) {
  const double student = student_t(fit.options.confidence, fit.profile.degrees_of_freedom);
  const double threshold = fit.objective * (1 + student * student / fit.profile.degrees_of_freedom);
  for (std::size_t k = 0; k < fit.params.size(); ++k) {
    INFO(fit.law->name << " " << fit.params[k].name);
    REQUIRE(fit.params[k].profile);
    const Interval interval = *fit.params[k].profile;
    CHECK(inside(interval, fit.params[k].value));
    for (const double end : {interval.lower, interval.upper}) {
      const double least = brute_force(runs, fit, static_cast<int>(k), end);
      CHECK(std::fabs(least / threshold - 1) < tolerance::kProfileEnd);
    }
  }
}

}  // namespace

TEST_CASE("At each end of a profile no start finds less than the threshold") {
  for (const std::size_t dropped : {0u, 5u}) {
    const RunTable runs = figure4(dropped);
    for (const char* law : {"chinchilla", "kaplan"}) check_ends(runs, squared_fit(runs, law));
  }
}

TEST_CASE("A weight's profile is that of the weight in plain units") {
  // With theta[weight] held in centred coordinates instead, A would seem known 20 times better.
  const RunTable runs = figure4();
  const FitResult fit = squared_fit(runs);
  const Interval interval = *fit.params[1].profile;
  const Problem centred(runs, *fit.law);
  const Theta start = fit.law->to_search(fit.theta, centred.centre());
  // log A = theta + alpha * centre: alpha held elsewhere moves A along with it.
  const double alpha = fit.params[3].profile->upper;
  const PolishedFit there = profile_point(*fit.law, centred, 3, alpha, start);
  const double A = fit.law->shown(1, fit.law->from_search(there.theta, centred.centre())[1]);
  CHECK(A > fit.params[1].value * 1.3);
  CHECK(inside({interval.lower, interval.upper * 1.02}, A));
}

TEST_CASE("Profiles widen with confidence") {
  const RunTable runs = figure4();
  std::vector<Interval> before;
  for (const double confidence : {0.5, 0.8, 0.95, 0.99, 0.9999}) {
    const FitResult fit = squared_fit(runs, "chinchilla", confidence);
    std::vector<Interval> now;
    for (const ParamEstimate& param : fit.params) now.push_back(*param.profile);
    for (std::size_t k = 0; k < before.size(); ++k) {
      CHECK(now[k].lower < before[k].lower);
      CHECK(now[k].upper > before[k].upper);
    }
    before = now;
  }
}

TEST_CASE("Scaling every weight leaves the profiles alone") {
  RunTable runs = figure4();
  const FitResult plain = squared_fit(runs);
  runs.weights.assign(runs.num_runs(), 7.0);
  const FitResult heavy = squared_fit(runs);
  for (std::size_t k = 0; k < 5; ++k) {
    CHECK(std::fabs(heavy.params[k].profile->lower / plain.params[k].profile->lower - 1) <
          tolerance::kGoldenParameter);
    CHECK(std::fabs(heavy.params[k].profile->upper / plain.params[k].profile->upper - 1) <
          tolerance::kGoldenParameter);
  }
}

TEST_CASE("Units of N scale the profile of A and leave the others alone") {
  const RunTable runs = figure4();
  RunTable scaled = runs;
  for (double& D : scaled.tokens) D /= 1e6;
  for (double& C : scaled.flops) C /= 1e6;
  const FitResult plain = squared_fit(runs);
  const FitResult other = squared_fit(scaled);
  for (const std::size_t k : {0u, 1u, 3u, 4u}) {
    CHECK(std::fabs(other.params[k].profile->lower / plain.params[k].profile->lower - 1) <
          tolerance::kGoldenParameter);
    CHECK(std::fabs(other.params[k].profile->upper / plain.params[k].profile->upper - 1) <
          tolerance::kGoldenParameter);
  }
}

TEST_CASE("A parameter that the runs do not bound has a one-sided profile") {
  // 16 small models far above an irreducible loss: E may be anything below its upper end.
  const RunTable design = read_runs(ISOLOSS_SOURCE "/tests/bad_input/g19_E_free.csv", {});
  const FitResult fit = squared_fit(simulated(design, TrueLaw{}, 0.05, 0));
  REQUIRE(fit.params[0].profile);
  CHECK(fit.params[0].profile->lower == 0);
  CHECK(inside(*fit.params[0].profile, 1.8172));
  CHECK(std::isfinite(fit.params[0].profile->upper));
}

TEST_CASE("An exponent that only the box of the law ends is not bounded, nor is its weight") {
  // 20 runs with noise above the effect of size: any exponent will do.
  std::vector<std::size_t> rows;
  for (std::size_t i = 0; i < 240; i += 12) rows.push_back(i);
  const RunTable runs = simulated(rows_of(figure4(), rows), TrueLaw{}, 0.5, 1);
  const FitResult fit = squared_fit(runs);
  REQUIRE(fit.status == Status::converged);
  for (const std::size_t k : {1u, 3u}) {
    REQUIRE(fit.params[k].profile);
    CHECK(fit.params[k].profile->lower == 0);
    CHECK(std::isinf(fit.params[k].profile->upper));
  }
  CHECK(as_text(describe_fit(runs, fit)).find("not bounded") != std::string::npos);
}

TEST_CASE("A profile is left out, with a reason, where it would not hold") {
  RunTable runs = figure4();
  FitOptions huber;
  huber.num_resamples = 0;
  CHECK(!fit(runs, huber).params[0].profile);
  runs.run.clear();
  for (std::size_t i = 0; i < runs.num_runs(); ++i)
    runs.run.push_back("run " + std::to_string(i / 8));
  const FitResult clustered = squared_fit(runs);
  CHECK(!clustered.params[0].profile);
  CHECK(as_text(describe_fit(runs, clustered))
            .find("profile    no interval: rows of one run are not") != std::string::npos);
}

TEST_CASE("Profiles have the same digits for any number of threads") {
  const RunTable runs = figure4();
  FitOptions options;
  options.residual_loss.kind = ResidualKind::squared;
  options.num_resamples = 0;
  options.num_threads = 1;
  const FitResult one = fit(runs, options);
  options.num_threads = 4;
  const FitResult four = fit(runs, options);
  for (std::size_t k = 0; k < 5; ++k) {
    CHECK(one.params[k].profile->lower == four.params[k].profile->lower);
    CHECK(one.params[k].profile->upper == four.params[k].profile->upper);
  }
}

TEST_CASE("Widths that differ are a warning under unequal variance and not otherwise") {
  const RunTable design = figure4();
  const auto grows = [](double N) { return std::pow(N / 1e9, 0.45); };
  const FitResult unequal =
      squared_fit(simulated(design, TrueLaw{}, 0.0075, 0, grows), "chinchilla", 0.95, 1000);
  CHECK(has_warning(unequal, "interval_widths_differ"));
  const FitResult equal =
      squared_fit(simulated(design, TrueLaw{}, 0.0075, 0), "chinchilla", 0.95, 1000);
  CHECK(!has_warning(equal, "interval_widths_differ"));
  std::vector<std::size_t> rows;
  for (std::size_t i = 0; i < 240; i += 12) rows.push_back(i);
  const RunTable few = simulated(rows_of(design, rows), TrueLaw{}, 0.0075, 0, grows);
  CHECK(!has_warning(squared_fit(few, "chinchilla", 0.95, 1000), "interval_widths_differ"));
}

// 40,000 refits take two seconds, but a hundred under AddressSanitizer.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr int kDataSets = 10;
#else
constexpr int kDataSets = 200;
#endif

bool is_nominal(int covered, double confidence) {
  const double sigma = std::sqrt(confidence * (1 - confidence) / kDataSets);
  const double coverage = static_cast<double>(covered) / kDataSets;
  return std::fabs(coverage - confidence) < tolerance::kCoverageSigmas * sigma;
}

// Measured over 500 data sets: profile 94.0 and 95.0 %, percentile 93.2 and 94.0 %.
TEST_CASE("Profile and percentile intervals of simulated least-squares fits cover the truth") {
  const RunTable design = figure4();
  const TrueLaw law;
  const std::array<std::size_t, 2> params{0, 3};
  const std::array<double, 2> truth{law.E, law.alpha};
  std::array<int, 2> by_profile{};
  std::array<int, 2> by_bootstrap{};
  for (std::uint64_t set = 0; set < kDataSets; ++set) {
    const FitResult fit = squared_fit(simulated(design, law, 0.0075, set), "chinchilla", 0.95, 199);
    for (std::size_t i = 0; i < params.size(); ++i) {
      const ParamEstimate& param = fit.params[params[i]];
      by_profile[i] += inside(*param.profile, truth[i]) ? 1 : 0;
      by_bootstrap[i] += inside(*param.interval, truth[i]) ? 1 : 0;
    }
  }
  for (std::size_t i = 0; i < params.size(); ++i) {
    INFO(by_profile[i] << " and " << by_bootstrap[i] << " of " << kDataSets);
    CHECK(is_nominal(by_profile[i], 0.95));
    CHECK(is_nominal(by_bootstrap[i], 0.95));
  }
}

TEST_CASE("A profile of a weight goes with the unit of the response") {
  const RunTable runs = figure4();
  const FitResult own = squared_fit(runs);
  for (const double unit : {1e-9, 1e5, 1e9}) {
    INFO(unit);
    RunTable scaled = runs;
    for (double& loss : scaled.loss) loss *= unit;
    const FitResult fit = squared_fit(scaled);
    for (std::size_t k = 0; k < fit.params.size(); ++k) {
      const double by = fit.law->is_log(static_cast<int>(k)) ? unit : 1;
      const Interval& there = *fit.params[k].profile;
      CHECK(std::fabs(there.lower / (by * own.params[k].profile->lower) - 1) <
            tolerance::kSameOptimum);
      CHECK(std::fabs(there.upper / (by * own.params[k].profile->upper) - 1) <
            tolerance::kSameOptimum);
    }
  }
}

}  // namespace isoloss
