// The fast path is global: resamples against a part of the published grid of starts. The whole
// check, 1,000 resamples against all 4,500 starts, is scripts/check_global.

#include "host/fit/bootstrap.h"
#include "host/laws/registry.h"
#include "host/search/cpu_engine.h"
#include "host/search/request.h"
#include "host/search/starts.h"
#include "tests/catch.h"
#include "tests/figure4.h"
#include "tests/tolerance.h"

namespace isoloss {
namespace {

constexpr int kResamples = 12;
constexpr std::size_t kStride = 19;  // of the grid: 237 starts that differ in every parameter

std::vector<double> some_starts(const LawEntry& law, const Problem& problem) {
  const std::vector<double> grid = grid_starts(law, problem.centre());
  const auto num_params = static_cast<std::size_t>(law.num_params());
  std::vector<double> out;
  for (std::size_t s = 0; s < grid.size(); s += kStride * num_params)
    out.insert(out.end(), &grid[s], &grid[s] + num_params);
  return out;
}

}  // namespace

TEST_CASE("Screened resamples are no higher than a multi-start search of each") {
  const RunTable runs = figure4();
  const LawEntry& law = find_law("chinchilla");
  const Problem problem(runs, law);
  const Units units = units_of(runs, true);
  FitOptions options;
  options.num_resamples = kResamples;
  const std::unique_ptr<SearchEngine> engine = make_cpu_engine({0, simd_level()});
  Bootstrap bootstrap(law, problem, units, *engine, {}, options);
  const std::vector<PolishedFit> refits = bootstrap.fits(options.all_resamples());

  const std::vector<double> starts = some_starts(law, problem);
  SearchRequest request = search_request(law, problem, {});
  request.start_rule = StartRule::all_starts;
  request.starts = starts.data();
  request.num_starts = static_cast<int>(starts.size()) / law.num_params();
  request.resampling = {options.seed, 0, kResamples, units.of_row.data(),
                        static_cast<std::uint32_t>(units.num_units)};
  std::vector<Candidate> searched(kResamples);
  engine->search(request, searched.data());
  for (std::size_t i = 0; i < kResamples; ++i) {
    CHECK(refits[i].converged);
    CHECK(refits[i].objective <= searched[i].objective * (1 + tolerance::kSameOptimum));
    CHECK(searched[i].num_agreeing > 10);
  }
}

}  // namespace isoloss
