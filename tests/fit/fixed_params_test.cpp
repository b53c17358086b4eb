// Fits with parameters that a user fixes, bounds or starts.

#include <algorithm>
#include <cmath>

#include "host/base/error.h"
#include "host/fit/fit.h"
#include "host/fit/profile.h"
#include "host/laws/law_choice.h"
#include "host/laws/registry.h"
#include "host/report/fit.h"
#include "host/report/render.h"
#include "tests/catch.h"
#include "tests/figure4.h"
#include "tests/input_error.h"
#include "tests/synthetic_runs.h"
#include "tests/tolerance.h"

namespace isoloss {
namespace {

using Texts = std::vector<std::string>;

FitOptions options_of(const Texts& fixes, const Texts& bounds = {}, const Texts& starts = {}) {
  FitOptions options;
  options.num_resamples = 0;
  options.overrides = parse_overrides(bounds, starts, fixes);
  return options;
}

FitOptions squared(FitOptions options) {
  options.residual_loss.kind = ResidualKind::squared;
  return options;
}

void check_same(double ours, double theirs, double bound) {
  CHECK(std::fabs(ours / theirs - 1) < bound);
}

// The least squares that can be had of figure 4 with one parameter held.
double least_squares_at(int param, double held) {
  const RunTable runs = figure4();
  const LawEntry& law = find_law("chinchilla");
  const FitResult free_fit = fit(runs, squared(options_of({})));
  const Problem problem = profile_problem(law, Problem(runs, law), param);
  const Theta start = law.to_search(free_fit.theta, problem.centre());
  return profile_point(law, problem, param, held, start).objective;
}

std::string text(const char* name, double value) {
  char out[64];
  std::snprintf(out, sizeof(out), "%s=%.17g", name, value);
  return out;
}

}  // namespace

TEST_CASE("Parameters fixed at the optimum leave the optimum where it is") {
  const RunTable runs = figure4();
  const FitResult plain = fit(runs, options_of({}));
  const FitResult fixed =
      fit(runs,
          options_of({text("alpha", plain.params[3].value), text("beta", plain.params[4].value)}));
  CHECK(fixed.status == Status::converged);
  check_same(fixed.objective, plain.objective, tolerance::kGoldenObjective);
  for (std::size_t k = 0; k < 5; ++k) {
    check_same(fixed.params[k].value, plain.params[k].value, tolerance::kGoldenParameter);
    CHECK(fixed.params[k].fixed == (k >= 3));
  }
}

TEST_CASE("With a parameter fixed the others are at the least objective it leaves") {
  const RunTable runs = figure4();
  const struct {
    const char* fix;
    int param;
    double theta;
  } cases[] = {{"E=1.69", 0, std::log(1.69)},
               {"A=406.4", 1, std::log(406.4)},
               {"B=1500", 2, std::log(1500)},
               {"alpha=0.34", 3, 0.34},
               {"beta=0.28", 4, 0.28}};
  for (const auto& [fix, param, theta] : cases) {
    INFO(fix);
    const FitResult fixed = fit(runs, squared(options_of({fix})));
    CHECK(fixed.status == Status::converged);
    CHECK(fixed.theta[static_cast<std::size_t>(param)] == theta);
    check_same(fixed.objective, least_squares_at(param, theta), tolerance::kSameOptimum);
  }
}

TEST_CASE("A fixed parameter is said to be so and has no interval, and its degree of freedom") {
  FitOptions options = squared(options_of({"E=1.69"}));
  options.num_resamples = 60;
  const RunTable runs = figure4();
  const FitResult fixed = fit(runs, options);
  CHECK(!fixed.params[0].interval);
  CHECK(!fixed.params[0].profile);
  CHECK(fixed.profile.degrees_of_freedom == 240 - 4);
  for (std::size_t k = 1; k < 5; ++k) {
    CHECK(fixed.params[k].interval.has_value());
    CHECK(fixed.params[k].profile.has_value());
  }
  for (std::size_t i = 0; i < fixed.draws.size(); ++i)
    CHECK(fixed.draws.at(i, 0) == std::log(1.69));
  const std::string report = as_text(describe_fit(runs, fixed));
  CHECK(report.find("1.6900    fixed") != std::string::npos);
}

TEST_CASE("A bound that does not bind changes nothing") {
  const RunTable runs = figure4();
  const FitResult plain = fit(runs, options_of({}));
  for (const Texts& bounds : {Texts{"alpha=0.1:0.9"}, Texts{"A=1:1e6", "E=:3"}}) {
    const FitResult bounded = fit(runs, options_of({}, bounds));
    CHECK(bounded.status == Status::converged);
    check_same(bounded.objective, plain.objective, tolerance::kGoldenObjective);
  }
}

TEST_CASE("A bound that binds holds its parameter and is reported") {
  const RunTable runs = figure4();
  const struct {
    const char* bound;
    int param;
    double at;
    const char* words;
  } cases[] = {{"alpha=0.4:0.5", 3, 0.4, "alpha is at its lower bound 0.40000"},
               {"A=0:400", 1, 400, "A is at its upper bound 400.00"},
               {"E=1.9:", 0, 1.9, "E is at its lower bound 1.9000"}};
  for (const auto& [bound, param, at, words] : cases) {
    INFO(bound);
    const FitResult bounded = fit(runs, options_of({}, {bound}));
    const ParamEstimate& found = bounded.params[static_cast<std::size_t>(param)];
    CHECK(bounded.status == Status::at_bound);
    CHECK(found.at_bound);
    check_same(found.value, at, tolerance::kClosedForm);
    CHECK(as_text(describe_fit(runs, bounded)).find(words) != std::string::npos);
    const FitResult fixed = fit(runs, options_of({text(found.name.c_str(), at)}));
    check_same(bounded.objective, fixed.objective, tolerance::kSameOptimum);
  }
}

TEST_CASE("Starts of the user's lead to the same optimum") {
  const RunTable runs = figure4();
  for (const char* law : {"chinchilla", "kaplan"}) {
    INFO(law);
    FitOptions options = options_of({});
    options.law = law;
    const FitResult plain = fit(runs, options);
    const LawParam& last = plain.law->params.back();
    options.overrides.start[last.name] = 0.3;
    const FitResult started = fit(runs, options);
    CHECK(started.law->params.back().start == 0.3);
    check_same(started.objective, plain.objective, tolerance::kSameOptimum);
  }
}

TEST_CASE("Any parameter of a law can be fixed where it was planted") {
  for (const char* name : {"kaplan", "kaplan_steps", "power_constant", "overtraining"}) {
    const LawEntry& law = find_law(name);
    const Theta planted = typical_theta(law);
    const RunTable runs = planted_runs(law, planted);
    for (std::size_t k = 0; k < law.params.size(); ++k) {
      FitOptions options = options_of({});
      options.law = name;
      options.overrides.fix[law.params[k].name] = law.shown(static_cast<int>(k), planted[k]);
      const FitResult found = fit(runs, options);
      for (std::size_t l = 0; l < law.params.size(); ++l) {
        INFO(name << " with " << law.params[k].name << " fixed: " << law.params[l].name);
        check_same(found.params[l].value, law.shown(static_cast<int>(l), planted[l]),
                   tolerance::kNoiseFree);
      }
    }
  }
}

TEST_CASE("Overrides that make no sense are refused") {
  const auto refused = [](const Texts& fixes, const Texts& bounds = {}) {
    return refusal([&] {
      LawEntry law = find_law("chinchilla");
      apply_overrides(law, parse_overrides(bounds, {}, fixes));
    });
  };
  CHECK(refused({"gamma=1"}).find("E, A, B, alpha, beta") != std::string::npos);
  CHECK(refused({"E=1", "A=1", "B=1", "alpha=1", "beta=1"}).find("nothing to fit") !=
        std::string::npos);
  CHECK(refused({"E=-1"}).find("positive") != std::string::npos);
}

}  // namespace isoloss
