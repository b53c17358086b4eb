// A search of a large file looks at some of its runs and ends with all of them.

#include "host/fit/fit.h"
#include "host/laws/registry.h"
#include "host/search/problem.h"
#include "tests/catch.h"
#include "tests/synthetic_runs.h"
#include "tests/tolerance.h"

namespace isoloss {

TEST_CASE("A thinned problem has one run of each part, with its own weight, in order") {
  const LawEntry& law = find_law("kaplan_params");
  RunTable runs = design_for(law, 1000);
  for (int i = 0; i < 1000; ++i) {
    runs.loss[static_cast<std::size_t>(i)] = std::exp(i);
    runs.weights.push_back(1 + i);
  }
  for (double& loss : runs.loss) loss = std::fmin(loss, 1e300);
  const Problem whole(runs, law);
  const Problem some = whole.thinned(50);
  const RunsView view = some.view();
  REQUIRE(view.num_runs == 50);
  CHECK(some.centre() == whole.centre());
  bool differs = false;
  for (int i = 0; i < view.num_runs; ++i) {
    const int from = static_cast<int>(view.weight[i]) - 1;
    CHECK(from / 20 == i);
    CHECK(view.target[i] == whole.view().target[from]);
    CHECK(view.input_at(0, 0)[i] == whole.view().input_at(0, 0)[from]);
    differs |= from % 20 != 0;
  }
  CHECK(differs);
  for (int i = view.num_runs; i < view.num_padded; ++i) CHECK(view.weight[i] == 0);
}

TEST_CASE("The fit of a large file is that of all its runs") {
  const LawEntry& law = find_law("chinchilla");
  const RunTable runs = planted_runs(law, typical_theta(law), 0.01, 0, 70000);
  FitOptions options;
  options.num_resamples = 0;
  const FitResult by_some = fit(runs, options);
  options.starts = StartMode::random;  // a search of all
  options.num_random_starts = 8;
  const FitResult by_all = fit(runs, options);
  CHECK(by_some.search.method.ends_with(", of 65536 of 70000 runs"));
  CHECK(by_some.status == Status::converged);
  CHECK(by_some.objective == Approx(by_all.objective).epsilon(tolerance::kSameOptimum));
}

}  // namespace isoloss
