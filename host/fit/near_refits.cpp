#include "host/fit/near_refits.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "fits/stopping.h"
#include "host/base/threads.h"
#include "host/search/broken/broken_search.h"
#include "host/search/proved_fit.h"
#include "host/search/resampled_runs.h"

namespace isoloss {
namespace {

// Without a screen: starts in each resample of the pilot, and besides the fit in the others.
constexpr int kPilotBasins = 8;
constexpr int kFewOptima = 2;
constexpr int kSomeOptima = 3;
constexpr int kManyOptima = 4;
// Resamples whose optima the starts of the rest are chosen from: the more of them, the nearer to a
// resample's own optimum is the nearest, which is screened at the cost of a product a run.
constexpr int kPool = 512;
constexpr double kFewMissed = 0.03;
constexpr double kMissed = 1e-5;  // relative, of the objective: another basin

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

  Draws fit_pilot(int pilot) {
    Draws draws;
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
    draws.num_basins = 1 + num_optima;
    refitter_.start_near(optima(best, 0, best.size()));
    draws.fits = std::move(best);
    return draws;
  }

  // Fits the resamples behind the pilot up to `num` and adds their optima to what the rest start
  // from.
  void fill_pool(int num, Draws& draws) {
    const int pilot = static_cast<int>(draws.fits.size());
    if (num <= pilot) return;
    draws.fits.resize(static_cast<std::size_t>(num));
    refitter_.fit_range(pilot, num - pilot, draws.num_basins, draws.fits.data() + pilot);
    refitter_.start_near(optima(draws.fits, 0, draws.fits.size()));
  }

 private:
  // The pilot's fits by a long search of each.
  std::vector<PolishedFit> searched(int pilot) {
    std::vector<PolishedFit> out(static_cast<std::size_t>(pilot));
    if (can_search_breaks(law_)) {
      search_breaks_of(out);
    } else {
      refitter_.fit_range(0, pilot, kPilotBasins, out.data());
    }
    refitter_.start_near(optima({}, 0, 0));
    std::vector<PolishedFit> near(out.size());
    refitter_.fit_range(0, pilot, 1, near.data());
    keep_lower(near, out);
    return out;
  }

  void search_breaks_of(std::vector<PolishedFit>& fits) {
    parallel_for(
        static_cast<int>(fits.size()), num_threads_to_use(options_.num_threads), [&](int i, int) {
          ResampledRuns resampled(problem_.view(), law_.num_inputs(), units_.of_row.data(),
                                  units_.num_units, units_.strata_or_null());
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
                          1 + num_optima, out.data() + ends[own]);
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

Draws fit_near_pilot(const LawEntry& law, const Problem& problem, const Units& units,
                     const FitOptions& options, const std::vector<double>& starts, int num,
                     Refitter& refitter) {
  NearRefits near(law, problem, units, options, starts, refitter);
  Draws out = near.fit_pilot(num);
  near.fill_pool(std::min(kPool, options.num_resamples), out);
  return out;
}

}  // namespace isoloss
