// The search for broken powers: its parts against brute force, the whole against known optima.

#include "host/search/broken/broken_search.h"

#include <cmath>
#include <limits>
#include <numeric>

#include "host/fit/fit.h"
#include "host/fit/fit_warnings.h"
#include "host/laws/registry.h"
#include "host/reading/read_runs.h"
#include "host/search/broken/dictionary.h"
#include "host/search/broken/merged_pairs.h"
#include "host/search/broken/segments.h"
#include "tests/catch.h"
#include "tests/simulated.h"
#include "tests/test_files.h"
#include "tests/tolerance.h"

namespace isoloss {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

RunTable runs_of(const char* file) {
  ReadOptions options;
  options.inputs = {{"x", true}};
  return read_runs((tests_folder() / "broken" / file).string(), options);
}

FitResult squared_fit(const RunTable& runs, const char* law, const char* start_1 = nullptr,
                      const char* start_2 = nullptr) {
  FitOptions options;
  options.law = law;
  options.residual_loss.kind = ResidualKind::squared;
  options.num_resamples = 0;
  std::vector<std::string> starts;
  for (const char* start : {start_1, start_2})
    if (start != nullptr) starts.push_back(start);
  options.overrides = parse_overrides({}, starts, {});
  return fit(runs, options);
}

// A few runs about a bent line, at a floor of zero but for its share.
FlooredRuns bent_runs(int num) {
  FlooredRuns out;
  for (int i = 0; i < num; ++i) {
    const double x = 0.7 * i + 0.1 * (i % 3);
    out.log_x.push_back(x);
    out.z.push_back(-0.2 * x + std::fabs(x - 3) - 0.6 * std::fmax(x - 6, 0) +
                    0.1 * normal(3, 0, static_cast<std::uint32_t>(i)));
    out.root_weight.push_back(1 + 0.2 * (i % 4));
  }
  return out;
}

// Weighted squares about the best line through runs [begin, end).
double line_error(const FlooredRuns& runs, std::size_t begin, std::size_t end) {
  FlooredRuns own;
  const auto part = [&](const Column& from, Column& to) {
    to.assign(from.begin() + static_cast<std::ptrdiff_t>(begin),
              from.begin() + static_cast<std::ptrdiff_t>(end));
  };
  part(runs.log_x, own.log_x);
  part(runs.z, own.z);
  part(runs.root_weight, own.root_weight);
  BrokenStart line;
  return solve_slopes(own, line) ? line.error : kInfinity;
}

// Over all cuts into lines of at least three runs.
double least_error(const FlooredRuns& runs, std::size_t begin, int num_lines) {
  if (num_lines == 1) return line_error(runs, begin, runs.num());
  double least = kInfinity;
  for (std::size_t cut = begin + 3; cut + 3 * static_cast<std::size_t>(num_lines - 1) <= runs.num();
       ++cut)
    least = std::fmin(least, line_error(runs, begin, cut) + least_error(runs, cut, num_lines - 1));
  return least;
}

}  // namespace

TEST_CASE("Segments by dynamic programming are the best of all cuts") {
  const FlooredRuns runs = bent_runs(14);
  for (const int num_lines : {1, 2, 3, 4}) {
    INFO(num_lines << " lines");
    const Segments found = best_segments(runs, num_lines);
    const double least = least_error(runs, 0, num_lines);
    CHECK(std::fabs(found.error - least) <= tolerance::kClosedForm * least);
    REQUIRE(std::ssize(found.cuts) == num_lines);
    CHECK(found.cuts.back() == 14);
  }
  CHECK(best_segments(runs, 5).error == kInfinity);
}

TEST_CASE("Many runs are cut at some places only, and every line has its runs") {
  const FlooredRuns runs = bent_runs(1000);
  const Segments found = best_segments(runs, 3);
  CHECK(std::isfinite(found.error));
  CHECK(found.cuts[1] - found.cuts[0] >= 3);
}

TEST_CASE("The best subset of a dictionary explains most, by a solve of every subset") {
  const std::vector<FlooredRuns> floors{bent_runs(24)};
  const std::vector<double> places = quantile_places(floors[0].log_x, 5);
  double least = kInfinity;
  for (std::size_t i = 0; i < places.size(); ++i)
    for (std::size_t j = i + 1; j < places.size(); ++j)
      for (const double first : {-2.5, -1.0, 0.2})
        for (const double second : {-2.5, -1.0, 0.2}) {
          BrokenStart start;
          start.breaks = {{0, places[i], first}, {0, places[j], second}};
          if (solve_slopes(floors[0], start)) least = std::fmin(least, start.error);
        }
  const std::vector<BrokenStart> found = subset_starts(floors, 2, 5, 3);
  REQUIRE(found.size() == 3);
  CHECK(std::fabs(found[0].error - least) <= tolerance::kClosedForm * least);
  CHECK(found[0].error <= found[1].error);
}

TEST_CASE("A break more explains no less, and a merged pair nears its limit") {
  const std::vector<FlooredRuns> floors{bent_runs(24)};
  const std::vector<BrokenStart> one = subset_starts(floors, 1, 16, 1);
  const std::vector<BrokenStart> two = added_break_starts(floors, one[0].breaks, 1);
  CHECK(two[0].error <= one[0].error);
  CHECK(two[0].breaks.size() == 2);
  const std::vector<BrokenStart> merged = merged_pair_starts(floors, {}, 2);
  REQUIRE(merged.size() == 2);
  BrokenStart solved = merged[0];
  REQUIRE(solve_slopes(floors[0], solved));
  // What the slopes of 18 leave of the limit's second order.
  CHECK(solved.error <= merged[0].error * (1 + tolerance::kMergedLimit));
}

TEST_CASE("Broken powers of two breaks reach optima that random starts miss") {
  const struct {
    const char* file;
    double objective;
  } cases[] = {{"two_breaks_a.csv", 3.01845849669e-4},
               {"two_breaks_b.csv", 6.3133771379e-4},
               {"two_breaks_c.csv", 1.87375730327e-3}};
  for (const auto& [file, objective] : cases) {
    INFO(file);
    const FitResult found = squared_fit(runs_of(file), "broken_2");
    CHECK(found.objective <= objective * (1 + tolerance::kSameOptimum));
    CHECK(found.status != Status::not_converged);
    CHECK(found.search.num_agreeing > 1);
  }
}

TEST_CASE("A start for some parameters never makes a broken power worse") {
  const RunTable runs = runs_of("two_breaks_c.csv");
  const double plain = squared_fit(runs, "broken_2").objective;
  for (const char* start : {"d_1=150", "d_1=1e8", "c_0=2.5"}) {
    INFO(start);
    CHECK(squared_fit(runs, "broken_2", start).objective <= plain * (1 + tolerance::kSameOptimum));
  }
  CHECK(squared_fit(runs, "broken_2", "d_1=150", "d_2=13400").objective <=
        plain * (1 + tolerance::kSameOptimum));
}

TEST_CASE("A break more never raises the objective") {
  for (const char* file : {"two_breaks_a.csv", "two_breaks_b.csv"}) {
    const RunTable runs = runs_of(file);
    const double one = squared_fit(runs, "broken_1").objective;
    const double two = squared_fit(runs, "broken_2").objective;
    const double three = squared_fit(runs, "broken_3").objective;
    CHECK(two <= one * (1 + tolerance::kSameOptimum));
    CHECK(three <= two * (1 + tolerance::kSameOptimum));
  }
}

TEST_CASE("Breaks that merge are named") {
  FitResult result;
  const LawEntry& law = find_law("broken_2");
  result.law = std::make_shared<const LawEntry>(law);
  const Breaks& breaks = *law.breaks;
  const auto set = [&](int k, double value) { result.theta[static_cast<std::size_t>(k)] = value; };
  set(breaks.slope(0), 18);
  set(breaks.slope(1), -17.8);
  set(breaks.place(0), 8.5);
  set(breaks.place(1), 8.6);
  add_break_warnings(result);
  REQUIRE(result.warnings.size() == 1);
  CHECK(result.warnings[0].name == "breaks_merge");
  set(breaks.place(1), 12);
  result.warnings.clear();
  add_break_warnings(result);
  CHECK(result.warnings.empty());
}

TEST_CASE("Held breaks and narrow bounds are kept to") {
  const RunTable runs = runs_of("two_breaks_a.csv");
  FitOptions options;
  options.law = "broken_2";
  options.num_resamples = 0;
  options.overrides = parse_overrides(std::vector<std::string>{"c_2=-1:-0.01"}, {},
                                      std::vector<std::string>{"d_1=149"});
  const FitResult found = fit(runs, options);
  CHECK(std::fabs(std::exp(found.theta[4]) / 149 - 1) < tolerance::kClosedForm);
  CHECK(found.theta[6] <= -0.01);
  CHECK(std::isfinite(found.objective));
}

}  // namespace isoloss
