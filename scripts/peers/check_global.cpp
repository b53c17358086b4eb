// Checks that each resample's fit is global: against a search from all 4,500 starts of the law's
// published grid. Prints the worst relative excess; exit code 1 if one is above 1e-9.
//
//   check_global DATA [RESAMPLES [SEED]]

#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <string>

#include "fits/random.h"
#include "host/fit/bootstrap.h"
#include "host/laws/registry.h"
#include "host/reading/read_runs.h"
#include "host/search/cpu_engine.h"
#include "host/search/problem.h"
#include "host/search/request.h"
#include "host/search/starts.h"

namespace {

using namespace isoloss;

constexpr double kAllowed = 1e-9;

// Best polished objective from all starts, for one resample.
double best_of_grid(const LawEntry& law, const Problem& problem, const Units& units,
                    const std::vector<double>& starts, SearchEngine& engine, std::uint64_t seed,
                    int resample) {
  SearchRequest request = search_request(law, problem, {});
  request.resampling = {seed, static_cast<std::uint64_t>(resample), 1, units.of_row.data(),
                        static_cast<std::uint32_t>(units.num_units)};
  request.start_rule = StartRule::all_starts;
  request.starts = starts.data();
  request.num_starts = static_cast<int>(starts.size()) / law.num_params();
  Candidate candidate;
  engine.search(request, &candidate);
  WeightedRuns selected(problem.view(), law.num_inputs());
  std::vector<std::uint16_t> counts(static_cast<std::size_t>(units.num_units));
  resample_counts(seed, static_cast<std::uint64_t>(resample),
                  static_cast<std::uint32_t>(units.num_units), counts.data());
  const RunsView& runs = selected.select(counts.data(), units.of_row.data());
  const LawKernels kernels = law.kernels(simd_level());
  return law.solver().polish(kernels, runs, ResidualLoss{}, candidate.theta, law.box).objective;
}

}  // namespace

int main(int argc, char** argv) try {
  if (argc < 2) {
    fmt::print(stderr, "usage: check_global DATA [RESAMPLES [SEED]]\n");
    return 2;
  }
  ReadOptions read;
  read.drop_highest_loss = 5;
  const RunTable runs = read_runs(argv[1], read);
  const LawEntry& law = find_law("chinchilla");
  const Problem problem(runs, law);
  FitOptions options;
  options.num_resamples = argc > 2 ? std::stoi(argv[2]) : 1000;
  options.seed = argc > 3 ? std::stoull(argv[3]) : 1;
  const Units units = units_of(runs, true);
  const std::unique_ptr<SearchEngine> engine = make_cpu_engine({0, simd_level()});
  Bootstrap bootstrap(law, problem, units, *engine, {}, options);
  const std::vector<PolishedFit> fits = bootstrap.fits(options.all_resamples());
  const std::vector<double> starts = grid_starts(law, problem.centre());

  double worst = -1;
  int num_global = 0;
  for (int i = 0; i < options.num_resamples; ++i) {
    const double grid = best_of_grid(law, problem, units, starts, *engine, options.seed, i);
    const double excess = fits[static_cast<std::size_t>(i)].objective / grid - 1;
    worst = std::max(worst, excess);
    num_global += excess <= kAllowed ? 1 : 0;
  }
  fmt::print("{} of {} resamples at or below the best of {} starts, worst relative excess {:.2g}\n",
             num_global, options.num_resamples,
             starts.size() / static_cast<std::size_t>(law.num_params()), worst);
  return num_global == options.num_resamples ? 0 : 1;
} catch (const std::exception& error) {
  fmt::print(stderr, "check_global: {}\n", error.what());
  return 1;
}
