// How often a default fit misses the global optimum: sets planted from laws, each fitted as a user
// would and compared with an exact or a much longer search.

#pragma once

#include <string>
#include <vector>

#include "host/fit/fit.h"
#include "tests/league/planted_set.h"

namespace isoloss::league {

// What became of the sets of a cell.
struct Tally {
  Cell cell;
  int num_sets = 0;
  int num_missed = 0;  // above the reference by more than kMissed
  double worst = 1;    // largest objective over reference
  int num_false = 0;   // missed, and called converged
  int num_below = 0;   // below an exact optimum: an objective that is not what it says
  double lost = 0;     // share of resamples whose refit is not proved
  std::vector<std::uint64_t> missed;  // seeds
  std::vector<std::uint64_t> below;   // an exact optimum: an objective that is not what it says
};

struct LeagueOptions {
  std::uint64_t first_seed = 1;
  int num_seeds = 1;
  int effort = 300;         // random starts of the reference search; 0: none
  int num_resamples = 200;  // 0: none
  int num_threads = 0;
};

inline constexpr double kMissed = 1e-7;  // relative, of the objective

// Fits the sets of a cell and compares. The reference of a convex cell is exact; of others it is
// the least of: the fit itself, `effort` random starts, a search from the planted parameters.
Tally play(const Cell& cell, const LeagueOptions& options);

// Rows of Markdown under a heading; deterministic.
std::string league_head();
std::string league_row(const Tally& tally);

}  // namespace isoloss::league
