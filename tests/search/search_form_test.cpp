// A search form says what its law says, and is searched in its place.

#include "host/search/search_form.h"

#include <fmt/format.h>

#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include "host/fit/fit.h"
#include "host/laws/law_choice.h"
#include "host/laws/registry.h"
#include "tests/catch.h"
#include "tests/synthetic_runs.h"
#include "tests/tolerance.h"

namespace isoloss {
namespace {

// The form's theta that its curves give for a law of moderate bends.
Theta form_theta(double bend) {
  return {std::log(1.9), -0.05, bend, std::log(2e3), -0.8, -0.2, -0.05, 0.1, -0.9};
}

}  // namespace

TEST_CASE("farseer predicts what its search form predicts at converted parameters") {
  const LawEntry& law = find_law("farseer");
  const std::optional<SearchForm> form = search_form_of(law);
  REQUIRE(form.has_value());
  const RunTable runs = design_for(law, 16);
  const Problem in_form(runs, form->law);
  const double mean = in_form.centre()[static_cast<std::size_t>(Input::N)];
  CHECK(mean > 0);
  for (const double bend : {-0.9, -0.1, 0.13, 0.4}) {
    const Theta theta = form_theta(bend);
    const Theta own = form->to_law(theta, in_form.centre());
    for (std::size_t i = 0; i < runs.num_runs(); ++i) {
      const double log_N = std::log(runs.params[i]);
      const double log_D = std::log(runs.tokens[i]);
      const double ours = law.predict(own, std::vector<double>{log_N, log_D});
      const double theirs = form->law.predict(theta, std::vector<double>{log_N - mean, log_D});
      CHECK(std::fabs(ours / theirs - 1) < tolerance::kClosedForm);
    }
  }
}

TEST_CASE("A straight curve of the search form is a law that predicts the same") {
  const LawEntry& law = find_law("farseer");
  const std::optional<SearchForm> form = search_form_of(law);
  const Theta straight = form->to_law(form_theta(0), Centre{});
  const Theta bent = form->to_law(form_theta(1e-4), Centre{});
  const std::vector<double> run{std::log(1e3), std::log(1e9)};
  CHECK(std::fabs(law.predict(straight, run) / law.predict(bent, run) - 1) <
        tolerance::kNoiseFreeValley);
}

TEST_CASE("A steep and nearly straight curve of the search form stays itself") {
  const LawEntry& law = find_law("farseer");
  const std::optional<SearchForm> form = search_form_of(law);
  Theta theta = form_theta(1e-3);
  theta[4] = -60;  // slope of the log of the weight: c of its curve is 60,000
  const Theta own = form->to_law(theta, Centre{});
  for (const double log_N : {-0.3, 0.0, 0.2}) {
    const double ours = law.predict(own, std::vector<double>{log_N, std::log(1e9)});
    const double theirs = form->law.predict(theta, std::vector<double>{log_N, std::log(1e9)});
    CHECK(std::fabs(ours / theirs - 1) < tolerance::kNoiseFreeValley);
  }
}

TEST_CASE("A fit of farseer is no higher than searches in its own parameters, and reports those") {
  const LawEntry& law = find_law("farseer");
  const Theta truth{0.6, -0.02, 0.13, 3.0, 8.0, -0.12, -0.04, 0.13, -0.2};
  const RunTable runs = planted_runs(law, truth, 0.005, 3, 150);
  FitOptions options;
  options.law = "farseer";
  options.num_resamples = 0;
  const FitResult found = fit(runs, options);
  options.starts = StartMode::random;
  options.num_random_starts = 64;
  CHECK(found.objective <= fit(runs, options).objective * (1 + tolerance::kSameOptimum));
  const Problem problem(runs, law);
  const Theta there = law.to_search(found.theta, problem.centre());
  const double own = law.solver().objective(law.kernels(simd_level()), problem.view(),
                                            options.residual_loss, there.data());
  CHECK(std::fabs(own / found.objective - 1) < tolerance::kConverted);
  CHECK(found.params[0].name == "B_3");
}

TEST_CASE("A user's start leaves the search form of use, held values do not") {
  LawEntry started = find_law("farseer");
  apply_overrides(started, parse_overrides({}, std::vector<std::string>{"beta=0.3"}, {}));
  CHECK(search_form_of(started).has_value());
  LawEntry law = find_law("farseer");
  apply_overrides(law, parse_overrides({}, {}, std::vector<std::string>{"gamma=0.1"}));
  CHECK_FALSE(search_form_of(law).has_value());
  CHECK(free_search_form_of(law).has_value());
  CHECK_FALSE(search_form_of(find_law("chinchilla")).has_value());
}

TEST_CASE("A user's bounds on exponents bound the search form, others keep it out") {
  const auto bounded = [](const char* bound) {
    LawEntry law = find_law("farseer");
    apply_overrides(law, parse_overrides(std::vector<std::string>{bound}, {}, {}));
    return search_form_of(law);
  };
  const std::optional<SearchForm> form = bounded("alpha=-2:0.2");
  REQUIRE(form.has_value());
  CHECK(form->law.box.bounds[7].lower == -2);
  CHECK(form->law.box.bounds[7].upper == 0.2);
  CHECK_FALSE(bounded("alpha=0:").has_value());
  CHECK_FALSE(bounded("a_1=-5:").has_value());
}

// Runs of farseer whose best fit is where the search form leads.
RunTable farseer_runs() {
  const Theta truth{0.6, -0.02, 0.13, 3.0, 8.0, -0.12, -0.04, 0.13, -0.2};
  return planted_runs(find_law("farseer"), truth, 0.005, 3, 150);
}

TEST_CASE("Bounds, held values and starts at the optimum of farseer lead back to it") {
  const RunTable runs = farseer_runs();
  FitOptions options;
  options.law = "farseer";
  options.num_resamples = 0;
  const FitResult free = fit(runs, options);
  const auto objective_with = [&](const std::string& over, int kind) {
    FitOptions asked = options;
    const std::vector<std::string> one{over};
    const std::vector<std::string> none;
    asked.overrides =
        parse_overrides(kind == 0 ? one : none, kind == 1 ? one : none, kind == 2 ? one : none);
    return fit(runs, asked).objective;
  };
  const double a_1 = free.theta[6];
  const double bound = free.objective * (1 + tolerance::kConverted);
  CHECK(objective_with(fmt::format("a_1={}", a_1), 1) <= bound);
  CHECK(objective_with(fmt::format("a_1={}", a_1), 2) <= bound);
  CHECK(objective_with(fmt::format("a_1={}:{}", a_1 - 100, a_1 + 100), 0) <= bound);
  CHECK(objective_with(fmt::format("alpha=-1.5:{}", free.theta[7] + 0.1), 0) <= bound);
}

TEST_CASE("Least squares of the response itself uses the search form too") {
  const RunTable runs = farseer_runs();
  FitOptions options;
  options.law = "farseer";
  options.linear_residual = true;
  options.residual_loss.kind = ResidualKind::squared;
  options.num_resamples = 0;
  const FitResult found = fit(runs, options);
  options.starts = StartMode::random;
  options.num_random_starts = 64;
  CHECK(found.objective <= fit(runs, options).objective * (1 + tolerance::kSameOptimum));
  CHECK(found.status != Status::not_converged);
}

}  // namespace isoloss
