#include "host/fit/bootstrap.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <optional>
#include <string_view>

#include "fits/search.h"
#include "fits/stopping.h"
#include "host/base/memory.h"
#include "host/base/threads.h"
#include "host/search/broken/broken_search.h"
#include "host/search/exponent_columns.h"
#include "host/search/proved_fit.h"
#include "host/search/request.h"
#include "host/search/resampled_runs.h"

namespace isoloss {
namespace {

constexpr int kManyBasins = 4;
constexpr int kExponentsAnAxis = 16;
// The pilot: if among so many resamples no second basin ever beats the screen's best cell, one
// start a resample is enough for the rest. On figure 4 of Hoffmann et al. it is (1,000 of 1,000);
// on small noisy sets 4 in 100 need more.
constexpr int kPilot = 64;
constexpr int kPolishTile = 32;
// Without a screen: starts in each resample of the pilot, and besides the fit in the others.
constexpr int kPilotBasins = 8;
constexpr int kFewOptima = 2;
constexpr int kSomeOptima = 3;
constexpr int kManyOptima = 4;
constexpr double kFewMissed = 0.03;
constexpr double kMissed = 1e-5;  // relative, of the objective: another basin

// Polishes the candidates of resamples [first, first + num).
void polish_all(const LawEntry& law, const Problem& problem, const Units& units,
                const FitOptions& options, const std::vector<Candidate>& candidates, int first,
                const PolishedFit* full, std::vector<PolishedFit>& fits) {
  const LawKernels kernels = law.kernels(simd_level());
  const int num = static_cast<int>(candidates.size());
  parallel_for((num + kPolishTile - 1) / kPolishTile, num_threads_to_use(options.num_threads),
               [&](int tile, int) {
                 ResampledRuns resampled(problem.view(), law.num_inputs(), units.of_row.data(),
                                         units.num_units);
                 for (int i = tile * kPolishTile; i < std::min(num, (tile + 1) * kPolishTile);
                      ++i) {
                   const RunsView& runs =
                       resampled.draw(options.seed, static_cast<std::uint64_t>(first + i));
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
    request_.stop = stop_token();
    if (can_screen_exponents(law)) {
      columns_.emplace(law, request_.runs, kExponentsAnAxis);
      request_.grid = &columns_->grid();
    } else {
      request_.start_rule = StartRule::best_starts;
      request_.starts = starts.data();
      request_.num_starts = static_cast<int>(starts.size()) / law.num_params();
    }
  }

  // Makes the starts the fit and optima of other resamples: near every resample's own.
  void start_near(const std::vector<double>& starts) {
    near_ = starts;
    request_.start_rule = StartRule::near_starts;
    request_.starts = near_.data();
    request_.num_starts = static_cast<int>(near_.size()) / law_.num_params();
  }

  void fit_range(int first, int num, int num_basins, std::vector<PolishedFit>& fits) {
    request_.resampling.first = static_cast<std::uint64_t>(first);
    request_.resampling.num_resamples = num;
    request_.num_basins = num_basins;
    auto candidates = room_for<Candidate>(static_cast<std::size_t>(num), "resample");
    engine_.search(request_, candidates.data());
    throw_if_stopped();
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
  std::vector<double> near_;
};

// True if in every fit of the pilot one basin reaches what many do.
bool one_basin_suffices(const std::vector<PolishedFit>& one, const std::vector<PolishedFit>& many) {
  for (std::size_t i = 0; i < one.size(); ++i)
    if (!(one[i].objective <= many[i].objective * (1 + kEqualEnds))) return false;
  return true;
}

// Takes over the fits of `other` that are lower, or proved where they are not.
void keep_lower(const std::vector<PolishedFit>& other, std::vector<PolishedFit>& fits) {
  for (std::size_t i = 0; i < other.size(); ++i) {
    const bool lower = other[i].objective < fits[i].objective * (1 - kEqualEnds);
    const bool proved = other[i].converged && !fits[i].converged &&
                        other[i].objective <= fits[i].objective * (1 + kEqualEnds);
    if (lower || proved || !std::isfinite(fits[i].objective)) fits[i] = other[i];
  }
}

// Share of fits that another search of the same resamples beat.
double share_missed(const std::vector<PolishedFit>& fits, const std::vector<PolishedFit>& best) {
  double missed = 0;
  for (std::size_t i = 0; i < fits.size(); ++i)
    missed += fits[i].objective <= best[i].objective * (1 + kMissed) + kExactObjective ? 0 : 1;
  return missed / static_cast<double>(fits.size());
}

// The bootstrap of a law without an exponent screen. A resample's optimum is near the fit, or near
// that of another resample where there are several basins. A few resamples are searched well; then
// each half of them is fitted from the fit and the optima of the other half, which tells how many
// of them the rest needs.
class NearRefits {
 public:
  NearRefits(const LawEntry& law, const Problem& problem, const Units& units,
             const FitOptions& options, const std::vector<double>& starts, Refitter& refitter)
      : law_(law),
        problem_(problem),
        units_(units),
        options_(options),
        starts_(starts),
        refitter_(refitter),
        num_params_(static_cast<std::size_t>(law.num_params())) {}

  // Fits the pilot, the first of draws.fits, and sets the rest up.
  void fit_pilot(int pilot, Draws& draws) {
    std::vector<PolishedFit> best = searched(pilot);
    int num_optima = kFewOptima;
    std::vector<PolishedFit> near = tried(best, num_optima);
    draws.missed = share_missed(near, best);
    if (draws.missed > 0) {
      num_optima = draws.missed <= kFewMissed ? kSomeOptima : kManyOptima;
      keep_lower(near, best);
      near = tried(best, num_optima);
      draws.missed = share_missed(near, best);
    }
    keep_lower(near, best);
    std::copy(best.begin(), best.end(), draws.fits.begin());
    draws.num_basins = 1 + num_optima;
    refitter_.start_near(optima(best, 0, best.size()));
  }

 private:
  // The pilot's fits by a long search of each.
  std::vector<PolishedFit> searched(int pilot) {
    std::vector<PolishedFit> out(static_cast<std::size_t>(pilot));
    if (can_search_breaks(law_)) {
      search_breaks_of(out);
    } else {
      refitter_.fit_range(0, pilot, kPilotBasins, out);
    }
    refitter_.start_near(optima({}, 0, 0));
    std::vector<PolishedFit> near(out.size());
    refitter_.fit_range(0, pilot, 1, near);
    keep_lower(near, out);
    return out;
  }

  void search_breaks_of(std::vector<PolishedFit>& fits) {
    parallel_for(
        static_cast<int>(fits.size()), num_threads_to_use(options_.num_threads), [&](int i, int) {
          ResampledRuns resampled(problem_.view(), law_.num_inputs(), units_.of_row.data(),
                                  units_.num_units);
          const RunsView& runs = resampled.draw(options_.seed, static_cast<std::uint64_t>(i));
          const SearchEnds ends = search_breaks(
              law_, runs, starts_, {options_.residual_loss, BrokenBudget::of_resample(), 1});
          fits[static_cast<std::size_t>(i)] =
              proved_fit(law_, runs, options_.residual_loss, ends.best().theta.data());
        });
  }

  // The pilot's resamples from the fit and the best num_optima of those of the other half.
  std::vector<PolishedFit> tried(const std::vector<PolishedFit>& best, int num_optima) {
    std::vector<PolishedFit> out(best.size());
    const std::size_t half = best.size() / 2;
    const std::size_t ends[] = {0, half, best.size()};
    for (const std::size_t own : {0, 1}) {
      refitter_.start_near(optima(best, ends[1 - own], ends[2 - own]));
      refitter_.fit_range(static_cast<int>(ends[own]), static_cast<int>(ends[own + 1] - ends[own]),
                          1 + num_optima, out);
    }
    return out;
  }

  // The fit, and the optima of fits [first, last).
  std::vector<double> optima(const std::vector<PolishedFit>& fits, std::size_t first,
                             std::size_t last) const {
    std::vector<double> out(starts_.begin(),
                            starts_.begin() + static_cast<std::ptrdiff_t>(num_params_));
    for (std::size_t i = first; i < last; ++i) {
      const Theta& theta = fits[i].theta;
      if (std::isfinite(fits[i].objective))
        out.insert(out.end(), theta.begin(), theta.begin() + law_.num_params());
    }
    return out;
  }

  const LawEntry& law_;
  const Problem& problem_;
  const Units& units_;
  const FitOptions& options_;
  const std::vector<double>& starts_;
  Refitter& refitter_;
  std::size_t num_params_;
};

}  // namespace

Units units_of(const RunTable& runs, bool group_by_run) {
  Units units;
  units.of_row.resize(runs.num_runs());
  std::iota(units.of_row.begin(), units.of_row.end(), 0u);
  units.num_units = static_cast<int>(runs.num_runs());
  if (!group_by_run || runs.run.empty()) return units;
  std::map<std::string_view, std::uint32_t> number;
  for (std::size_t i = 0; i < runs.num_runs(); ++i)
    units.of_row[i] =
        number.emplace(runs.run[i], static_cast<std::uint32_t>(number.size())).first->second;
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
  draws.fits = room_for<PolishedFit>(static_cast<std::size_t>(num), "resample");
  Refitter refitter(law, problem, units, engine, starts, options, fit);
  if (can_screen_exponents(law)) {
    std::vector<PolishedFit> one(static_cast<std::size_t>(pilot));
    refitter.fit_range(0, pilot, 1, one);
    refitter.fit_range(0, pilot, kManyBasins, draws.fits);
    const std::vector<PolishedFit> many(draws.fits.begin(), draws.fits.begin() + pilot);
    draws.num_basins = one_basin_suffices(one, many) ? 1 : kManyBasins;
  } else {
    NearRefits(law, problem, units, options, starts, refitter).fit_pilot(pilot, draws);
  }
  const int batch = engine.preferred_batch();
  for (int first = pilot; first < num; first += batch) {
    if (options.progress) options.progress(first, num);
    refitter.fit_range(first, std::min(batch, num - first), draws.num_basins, draws.fits);
  }
  return draws;
}

}  // namespace isoloss
