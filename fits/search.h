// What the host asks of a search engine and what it gets back.
//
// The engine proposes, the reference decides: an engine may be fast and approximate, for every
// candidate is proved by fits/polish.h on the host before anything is printed.

#pragma once

#include <atomic>
#include <cstdint>
#include <limits>
#include <string_view>

#include "fits/exponent_starts.h"
#include "fits/minimise.h"
#include "fits/objective.h"
#include "fits/pair_screen.h"
#include "fits/random.h"
#include "fits/residual_loss.h"
#include "fits/tape.h"

namespace isoloss {

// Which weights each problem of a request has. Resample r draws units (runs, or clusters of runs)
// with replacement by fits/random.h; its weights are the runs' own times how often they were drawn.
struct Resampling {
  std::uint64_t seed = 1;
  std::uint64_t first = 0;              // number of the first resample
  int num_resamples = 0;                // 0: one problem, the runs as they are
  const std::uint32_t* unit = nullptr;  // host, num_runs: the unit of each run; null: its own
  std::uint32_t num_units = 0;
  const Stratum* strata = nullptr;  // host, num_units, see draw_units(); null: all are one

  int num_problems() const { return num_resamples == 0 ? 1 : num_resamples; }
};

// Where the minimiser starts.
enum class StartRule {
  exponent_grid,  // best cells of `grid`, weights projected out; and every one of `starts`
  best_starts,    // those of `starts` with the lowest objective
  near_starts,    // the same, of starts so near that the minimiser has no way to be led
  all_starts,     // every one of `starts`
};

ISOLOSS_HD inline bool screens_starts(StartRule rule) {
  return rule == StartRule::best_starts || rule == StartRule::near_starts;
}

struct SearchRequest {
  // A law with code of its own is known by its name; any other comes as its tape, host memory.
  std::string_view law;
  const Tape* tape = nullptr;
  int num_params = 0;
  int num_inputs = 0;
  const ParamBox<kMaxParams>* box = nullptr;  // host: where theta may move
  RunsView runs;
  ResidualLoss residual_loss;
  Resampling resampling;
  StartRule start_rule = StartRule::exponent_grid;
  const ExponentGrid* grid = nullptr;  // host, for exponent_grid
  const double* starts = nullptr;      // host, num_starts x num_params, search coordinates
  int num_starts = 0;
  int num_basins = 4;  // distinct starts to minimise from in each problem, with a screen
  // Set by another thread: return as soon as may be, with some of the candidates untouched.
  const std::atomic<bool>* stop = nullptr;
};

// Where the search for absolute residuals and for a tiny delta ends, coarsely: the host finishes
// it.
inline constexpr double kCoarseDelta = 1e-3;

// A start that a screen chose by its columns is near, as are optima of other resamples: the asked
// objective at once. Any other is led there by least squares and then a shrinking delta. A coarse
// search always takes the schedule.
inline MinimiseOptions minimise_options(const SearchRequest& request) {
  MinimiseOptions options;
  const bool near = request.start_rule == StartRule::exponent_grid ||
                    request.start_rule == StartRule::near_starts;
  const double asked = request.residual_loss.smooth_delta();
  const bool coarse =
      request.residual_loss.kind == ResidualKind::absolute || asked < kLeastSearchedDelta;
  options.delta = coarse ? kCoarseDelta : asked;
  options.first_delta = near ? options.delta : std::numeric_limits<double>::infinity();
  if (coarse && near) options.first_delta = 1e-2;
  options.evaluates_end = request.num_basins > 1 || request.start_rule == StartRule::all_starts;
  return options;
}

// Huber's delta by which starts are screened: near ones differ by what the asked one tells apart.
inline double screening_delta(const SearchRequest& request) {
  const bool near = request.start_rule == StartRule::near_starts;
  return near ? minimise_options(request).delta : kScreenDelta;
}

// The best point an engine found for one problem.
struct Candidate {
  double theta[kMaxParams];     // search coordinates
  double polished[kMaxParams];  // theta after the Newton steps of fits/polish.h, if is_polished
  double objective;             // at theta; +infinity if no start gave a finite one
  int num_started;              // starts minimised
  int num_agreeing;             // of them, those that ended within kAgreement of the best
  int num_evaluations;          // passes over the runs
  bool is_polished;
};

// The minimiser's end from one start.
struct FitEnd {
  double theta[kMaxParams];
  double objective;
  int num_evaluations;
};

inline constexpr double kAgreement = 1e-6;  // relative, of the objective
// Ends that differ by less do so by where the minimiser stopped: of those the first is taken, so
// that of several equal optima the one nearest to a given start is named.
inline constexpr double kEqualEnds = 1e-9;

ISOLOSS_HD inline bool ends_are_equal(double objective, double least) {
  return objective <= least * (1 + kEqualEnds) + kExactObjective;
}

// The best of a problem's ends, the first of equals, and how many agree with it.
ISOLOSS_HD inline void best_end(const FitEnd* ends, int num, Candidate& out) {
  double least = std::numeric_limits<double>::infinity();
  out.num_started = num;
  out.num_agreeing = out.num_evaluations = 0;
  out.is_polished = false;
  for (int i = 0; i < num; ++i) {
    out.num_evaluations += ends[i].num_evaluations;
    if (ends[i].objective < least) least = ends[i].objective;
  }
  int best = -1;
  for (int i = num - 1; i >= 0; --i)
    if (ends_are_equal(ends[i].objective, least) && std::isfinite(ends[i].objective)) best = i;
  out.objective = best < 0 ? least : ends[best].objective;
  for (int k = 0; k < kMaxParams; ++k) out.theta[k] = best < 0 ? 0 : ends[best].theta[k];
  for (int i = 0; i < num; ++i)
    out.num_agreeing += std::isfinite(ends[i].objective) &&
                        ends[i].objective <= out.objective * (1 + kAgreement) + 1e-300;
}

// Exponents an axis of the pair screen that a plain fit gets on top of its coarse grid.
inline constexpr int kFinestExponents = 512;

class SearchEngine {
 public:
  virtual ~SearchEngine() = default;
  // out: num_problems() entries, host memory of the caller.
  virtual void search(const SearchRequest& request, Candidate* out) = 0;
  // The pair that explains most with no negative weight; PairCell{} if there is none.
  virtual PairCell best_pair(const PairScreen& screen) = 0;
  virtual std::string_view name() const = 0;
  // Resamples that one request should ask for to keep the engine busy.
  virtual int preferred_batch() const = 0;
};

}  // namespace isoloss
