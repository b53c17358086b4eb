// Refits from the fit and from optima of other resamples reach what a long search of each finds.

#include <cmath>

#include "host/fit/bootstrap.h"
#include "host/fit/fit_search.h"
#include "host/laws/registry.h"
#include "host/search/cpu_engine.h"
#include "host/search/request.h"
#include "host/search/sampled_starts.h"
#include "tests/catch.h"
#include "tests/synthetic_runs.h"
#include "tests/tolerance.h"

namespace isoloss {
namespace {

constexpr int kResamples = 96;
constexpr int kLongStarts = 16;

// The least objective of each resample from many starts.
std::vector<Candidate> long_search(const LawEntry& law, const Problem& problem, const Units& units,
                                   const FitOptions& options, SearchEngine& engine) {
  const std::vector<double> starts = sampled_starts(law, problem, kLongStarts);
  SearchRequest request = search_request(law, problem, options.residual_loss);
  request.start_rule = StartRule::all_starts;
  request.starts = starts.data();
  request.num_starts = static_cast<int>(starts.size()) / law.num_params();
  request.resampling = {options.seed, 0, kResamples, units.of_row.data(),
                        static_cast<std::uint32_t>(units.num_units)};
  std::vector<Candidate> out(kResamples);
  engine.search(request, out.data());
  return out;
}

}  // namespace

TEST_CASE("Refits near the fit reach what a long search of each resample finds") {
  for (const char* name : {"kaplan", "coupled", "data_constrained"}) {
    INFO(name);
    const LawEntry& law = find_law(name);
    const RunTable runs = planted_runs(law, typical_theta(law), 0.005, 1, 80);
    const Problem problem(runs, law);
    const Units units = units_of(runs, true);
    FitOptions options;
    options.law = name;
    options.num_resamples = kResamples;
    const std::unique_ptr<SearchEngine> engine = make_cpu_engine({0, simd_level()});
    SearchReport report;
    const SearchEnds found = search_fit(law, problem, options, *engine, report);
    const PolishedFit best = polished_best(law, problem, options, found);
    std::vector<double> starts(best.theta.begin(), best.theta.begin() + law.num_params());
    const std::vector<double> others = sampled_starts(law, problem, 255);
    starts.insert(starts.end(), others.begin(), others.end());
    Bootstrap bootstrap(law, problem, units, *engine, starts, options);
    CHECK(bootstrap.pilot().num_basins <= 5);
    const std::vector<PolishedFit> refits = bootstrap.fits(options.all_resamples());
    const auto longest = long_search(law, problem, units, options, *engine);
    int num_above = 0;
    for (std::size_t i = 0; i < kResamples; ++i)
      num_above += refits[i].objective > longest[i].objective * (1 + tolerance::kSameRefit);
    CHECK(num_above == 0);
  }
}

TEST_CASE("Near starts are taken in the order of the asked objective") {
  const LawEntry& law = find_law("kaplan");
  const Theta truth = typical_theta(law);
  const RunTable runs = planted_runs(law, truth, 0.005, 1, 40);
  const Problem problem(runs, law);
  const Theta near = law.to_search(truth, problem.centre());
  std::vector<double> starts;
  for (const double away : {2.0, 0.5, 0.0})
    for (int k = 0; k < law.num_params(); ++k)
      starts.push_back(near[static_cast<std::size_t>(k)] + (k == 0 ? away : 0));
  SearchRequest request = search_request(law, problem, {});
  request.start_rule = StartRule::near_starts;
  const auto engine = make_cpu_engine({1, simd_level()});
  const auto evaluations = [&](int first, int num, int num_basins) {
    request.starts = starts.data() + first * law.num_params();
    request.num_starts = num;
    request.num_basins = num_basins;
    Candidate found{};
    engine->search(request, &found);
    CHECK(found.num_started == num_basins);
    return found.num_evaluations;
  };
  const int nearest = evaluations(2, 1, 1);
  CHECK(evaluations(0, 3, 1) == nearest);
  // Where ends are compared each of them is evaluated once more.
  constexpr int kCompared = 2;
  CHECK(evaluations(0, 3, 2) == nearest + evaluations(1, 1, 1) + kCompared);
}

}  // namespace isoloss
