// Times isoloss's own work and prints one JSON object a line; see README.md.
//
//   isoloss_bench DATA [--repeat N]   on one thread of the CPU

#include <fmt/format.h>

#include <cmath>
#include <exception>
#include <string_view>
#include <vector>

#include "host/fit/bootstrap.h"
#include "host/laws/registry.h"
#include "host/reading/read_runs.h"
#include "host/search/cpu_engine.h"
#include "host/search/exponent_columns.h"
#include "host/search/pair_screen.h"
#include "host/search/problem.h"
#include "host/search/screen.h"
#include "scripts/peers/seconds_of.h"

namespace {

using namespace isoloss;

constexpr double kBest = 0.0010182740178005980;  // tests/golden/chinchilla_figure4.json
constexpr int kFits = 4000;
constexpr int kExponents = 4096;

// One screened, minimised and polished fit of all runs, again and again, as one of a batch is.
void time_global_fit(const LawEntry& law, const Problem& problem) {
  const LawKernels kernels = law.kernels(simd_level());
  const Solver& solver = law.solver();
  const ExponentColumns columns(law, problem.view(), 32);
  const auto screen = make_exponent_screen(columns.grid(), simd_level());
  std::vector<double> moments(static_cast<std::size_t>(screen->num_moments()));
  std::vector<ScreenedStart> starts;
  PolishedFit fit;
  const double seconds = seconds_of([&] {
    for (int i = 0; i < kFits; ++i) {
      screen->moments(problem.view().weight, moments.data());
      screen->best_starts(moments.data(), 1, starts);
      const SearchResult end =
          solver.minimise(kernels, problem.view(), starts[0].theta, MinimiseOptions{}, law.box);
      fit = solver.polish(kernels, problem.view(), ResidualLoss{}, end.theta.data(), law.box);
    }
  });
  fmt::print(
      R"({{"name": "isoloss global fit", "seconds_per_fit": {:.9g}, "best_objective": {:.17g}, )"
      R"("hit_1e-9": {}}})"
      "\n",
      seconds / kFits, fit.objective, fit.objective <= kBest * (1 + 1e-9) ? 1 : 0);
}

void time_bootstrap(const LawEntry& law, const RunTable& runs, const Problem& problem) {
  FitOptions options;
  options.num_resamples = kFits;
  options.num_threads = 1;
  const Units units = units_of(runs, true);
  const std::unique_ptr<SearchEngine> engine = make_cpu_engine({1, simd_level()});
  std::vector<PolishedFit> fits;
  const double seconds = seconds_of([&] {
    fits = Bootstrap(law, problem, units, *engine, {}, options).fits(options.all_resamples());
  });
  int converged = 0;
  for (const PolishedFit& fit : fits) converged += fit.converged ? 1 : 0;
  fmt::print(R"({{"name": "isoloss bootstrap refit", "seconds_per_fit": {:.9g}, "hit_1e-9": {}}})"
             "\n",
             seconds / kFits, static_cast<double>(converged) / kFits);
}

void time_screen(const LawEntry& law, const Problem& problem) {
  ScreenedStart start;
  const std::unique_ptr<SearchEngine> engine = make_cpu_engine({1, simd_level()});
  const double seconds =
      seconds_of([&] { screen_exponent_pairs(law, problem.view(), kExponents, *engine, start); });
  fmt::print(R"({{"name": "isoloss screen", "pairs": {}, "seconds": {:.9g}}})"
             "\n",
             kExponents * kExponents, seconds);
}

void time_one_thread(const RunTable& runs, int repeats) {
  const LawEntry& law = find_law("chinchilla");
  const Problem problem(runs, law);
  for (; repeats > 0; --repeats) {
    time_global_fit(law, problem);
    time_bootstrap(law, runs, problem);
    time_screen(law, problem);
  }
  fmt::print(R"({{"name": "isoloss", "version": "isoloss {}, {} lanes, g++ {}"}})"
             "\n",
             ISOLOSS_VERSION, simd_name(simd_level()), __VERSION__);
}

}  // namespace

int main(int argc, char** argv) try {
  if ((argc != 2 && argc != 4) || (argc == 4 && std::string_view(argv[2]) != "--repeat")) {
    fmt::print(stderr, "usage: isoloss_bench DATA [--repeat N]\n");
    return 2;
  }
  ReadOptions read;
  read.drop_highest_loss = 5;
  time_one_thread(read_runs(argv[1], read), argc == 4 ? std::stoi(argv[3]) : 1);
} catch (const std::exception& error) {
  fmt::print(stderr, "isoloss_bench: {}\n", error.what());
  return 1;
}
