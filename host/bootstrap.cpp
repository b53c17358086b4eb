#include "host/bootstrap.h"

#include <algorithm>
#include <map>
#include <optional>

#include "fits/random.h"
#include "host/parallel.h"
#include "host/proved_fit.h"
#include "host/search/exponent_columns.h"
#include "host/search/request.h"

namespace isoloss {
namespace {

constexpr int kManyBasins = 4;
constexpr int kExponentsAnAxis = 16;
// The pilot: if among so many resamples no second basin ever beats the screen's best cell, one
// start a resample is enough for the rest. On figure 4 of Hoffmann et al. it is (1,000 of 1,000);
// on small noisy sets 4 in 100 need more.
constexpr int kPilot = 64;
constexpr double kSameOptimum = 1e-9;
constexpr int kPolishTile = 32;

// Polishes the candidates of resamples [first, first + num).
void polish_all(const LawEntry& law, const Problem& problem, const Units& units,
                const FitOptions& options, const std::vector<Candidate>& candidates, int first,
                const PolishedFit* full, std::vector<PolishedFit>& fits) {
  const LawKernels kernels = law.kernels(simd_level());
  const int num = static_cast<int>(candidates.size());
  parallel_for((num + kPolishTile - 1) / kPolishTile, num_threads_to_use(options.num_threads),
               [&](int tile, int) {
                 WeightedRuns selected(problem.view(), law.num_inputs());
                 std::vector<std::uint16_t> counts(static_cast<std::size_t>(units.num_units));
                 for (int i = tile * kPolishTile; i < std::min(num, (tile + 1) * kPolishTile);
                      ++i) {
                   resample_counts(options.seed, static_cast<std::uint64_t>(first + i),
                                   static_cast<std::uint32_t>(units.num_units), counts.data());
                   const RunsView& runs = selected.select(counts.data(), units.of_row.data());
                   fits[static_cast<std::size_t>(first + i)] =
                       proved_refit(law, kernels, runs, options.residual_loss,
                                    candidates[static_cast<std::size_t>(i)], full);
                 }
               });
}

class Refitter {
 public:
  Refitter(const LawEntry& law, const Problem& problem, const Units& units, SearchEngine& engine,
           const std::vector<double>& starts, const FitOptions& options, const PolishedFit* full)
      : law_(law),
        problem_(problem),
        units_(units),
        engine_(engine),
        options_(options),
        full_(full) {
    request_ = search_request(law, problem, options.residual_loss);
    request_.resampling.seed = options.seed;
    request_.resampling.unit = units.of_row.data();
    request_.resampling.num_units = static_cast<std::uint32_t>(units.num_units);
    request_.stop = &interrupted;
    if (can_screen_exponents(law)) {
      columns_.emplace(law, request_.runs, kExponentsAnAxis);
      request_.grid = &columns_->grid();
    } else {
      request_.start_rule = StartRule::best_starts;
      request_.starts = starts.data();
      request_.num_starts = static_cast<int>(starts.size()) / law.num_params();
    }
  }

  void fit_range(int first, int num, int num_basins, std::vector<PolishedFit>& fits) {
    request_.resampling.first = static_cast<std::uint64_t>(first);
    request_.resampling.num_resamples = num;
    request_.num_basins = num_basins;
    std::vector<Candidate> candidates(static_cast<std::size_t>(num));
    engine_.search(request_, candidates.data());
    throw_if_interrupted();
    polish_all(law_, problem_, units_, options_, candidates, first, full_, fits);
  }

 private:
  const LawEntry& law_;
  const Problem& problem_;
  const Units& units_;
  SearchEngine& engine_;
  const FitOptions& options_;
  const PolishedFit* full_;
  SearchRequest request_;
  std::optional<ExponentColumns> columns_;
};

// True if in every fit of the pilot one basin reaches what many do.
bool one_basin_suffices(const std::vector<PolishedFit>& one, const std::vector<PolishedFit>& many) {
  for (std::size_t i = 0; i < one.size(); ++i)
    if (!(one[i].objective <= many[i].objective * (1 + kSameOptimum))) return false;
  return true;
}

}  // namespace

Units units_of(const RunTable& runs, bool group_by_run) {
  Units units;
  std::map<std::string, std::uint32_t> number;
  for (std::size_t i = 0; i < runs.num_runs(); ++i) {
    const bool named = group_by_run && !runs.run.empty();
    const std::string name = named ? runs.run[i] : std::to_string(i);
    units.of_row.push_back(
        number.emplace(name, static_cast<std::uint32_t>(number.size())).first->second);
  }
  units.num_units = static_cast<int>(number.size());
  units.by_run = number.size() < runs.num_runs();
  return units;
}

Draws bootstrap(const LawEntry& law, const Problem& problem, const Units& units,
                SearchEngine& engine, const std::vector<double>& starts, const FitOptions& options,
                const PolishedFit* fit) {
  Draws draws;
  const int num = options.num_resamples;
  const int pilot = std::min(kPilot, num);
  draws.fits.resize(static_cast<std::size_t>(num));
  Refitter refitter(law, problem, units, engine, starts, options, fit);
  std::vector<PolishedFit> one(static_cast<std::size_t>(pilot));
  refitter.fit_range(0, pilot, 1, one);
  refitter.fit_range(0, pilot, kManyBasins, draws.fits);
  const std::vector<PolishedFit> many(draws.fits.begin(), draws.fits.begin() + pilot);
  draws.num_basins = one_basin_suffices(one, many) ? 1 : kManyBasins;
  const int batch = engine.preferred_batch();
  for (int first = pilot; first < num; first += batch) {
    if (options.progress) options.progress(first, num);
    refitter.fit_range(first, std::min(batch, num - first), draws.num_basins, draws.fits);
  }
  return draws;
}

}  // namespace isoloss
