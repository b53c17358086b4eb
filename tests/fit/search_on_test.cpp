// A search goes on until it is done: rounds of starts, starts that the user gives, points that
// something else came by, and what is said of an optimum that was met once.

#include <cmath>

#include "host/fit/fit.h"
#include "host/fit/fit_search.h"
#include "host/laws/law_choice.h"
#include "host/laws/registry.h"
#include "host/search/convexity.h"
#include "host/search/cpu_engine.h"
#include "tests/catch.h"
#include "tests/figure4.h"
#include "tests/synthetic_runs.h"
#include "tests/tolerance.h"

namespace isoloss {
namespace {

FitOptions plain_options(const char* law) {
  FitOptions options;
  options.law = law;
  options.num_resamples = 0;
  return options;
}

LawEntry formula(const char* text) { return choose_law({text, {}, true, "loss"}, {}); }

bool convex_near(const LawEntry& law, const RunTable& runs, double at) {
  Theta theta{};
  for (std::size_t k = 0; k < law.params.size(); ++k) theta[k] = at;
  return is_convex(law, Problem(runs, law), theta);
}

}  // namespace

TEST_CASE("Power laws are told from laws with several optima") {
  const RunTable runs = figure4();
  CHECK(convex_near(formula("c*D^q"), runs, 0.3));
  CHECK(convex_near(formula("c*N^p*D^q"), runs, 0.3));
  CHECK(!convex_near(formula("E + c*D^q"), runs, 0.3));
  CHECK(!convex_near(find_law("chinchilla"), runs, 0.3));
  CHECK(!convex_near(find_law("kaplan"), runs, 0.3));
}

TEST_CASE("An optimum that one start met is unconfirmed, unless there can be no other") {
  const RunTable runs = figure4();
  FitOptions options = plain_options("chinchilla");
  options.starts = StartMode::random;
  options.num_random_starts = 1;
  const FitResult once = fit(runs, options);
  CHECK(once.status == Status::unconfirmed);
  CHECK(once.warnings[0].name == "unconfirmed");
  options.residual_loss.kind = ResidualKind::squared;
  const FitResult power = fit(runs, std::make_shared<const LawEntry>(formula("c*D^q")), options);
  CHECK(power.status == Status::converged);
  CHECK(power.search.is_convex);
}

TEST_CASE("A start for some parameters never makes a fit worse") {
  const LawEntry& law = find_law("kaplan");
  const RunTable runs = planted_runs(law, typical_theta(law), 0.01, 0, 40);
  FitOptions options = plain_options("kaplan");
  const double plain = fit(runs, options).objective;
  for (const char* start : {"alpha_N=2.9", "N_c=1e30", "D_c=1"}) {
    INFO(start);
    options.overrides = parse_overrides({}, std::vector<std::string>{start}, {});
    CHECK(fit(runs, options).objective <= plain * (1 + tolerance::kSameOptimum));
  }
}

TEST_CASE("The search goes on from a lower point and tells how many met it") {
  const LawEntry& law = find_law("kaplan");
  const RunTable runs = planted_runs(law, typical_theta(law), 0.01, 0, 40);
  const Problem problem(runs, law);
  const FitOptions options = plain_options("kaplan");
  const FitResult best = fit(runs, options);
  PolishedFit elsewhere;
  elsewhere.objective = 2 * best.objective;
  const Theta near = law.to_search(best.theta, problem.centre());
  CHECK(search_on(law, problem, options, {near, near}, elsewhere) == 2);
  CHECK(std::fabs(elsewhere.objective / best.objective - 1) <= tolerance::kSameOptimum);
  CHECK(search_on(law, problem, options, {near}, elsewhere) == 0);
}

TEST_CASE("Rounds end when the best basin was met often, or at the effort's limit") {
  const LawEntry& law = find_law("kaplan");
  const RunTable runs = planted_runs(law, typical_theta(law), 0.01, 0, 40);
  CHECK(!fit(runs, plain_options("kaplan")).search.limit_reached);
  // Waves of any length: hardly two starts end in the same one.
  const auto waves = std::make_shared<const LawEntry>(
      choose_law({"a + b*sin(w*N/1e7 + p)", {}, true, "loss"}, {}));
  FitOptions options = plain_options("");
  const FitResult found = fit(figure4(), waves, options);
  options.effort = 2;
  const FitResult more = fit(figure4(), waves, options);
  if (found.search.limit_reached) CHECK(more.search.num_starts > found.search.num_starts);
  CHECK(more.objective <= found.objective * (1 + tolerance::kSameOptimum));
}

}  // namespace isoloss
