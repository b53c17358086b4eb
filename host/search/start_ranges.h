// Where a search begins on the runs at hand: ranges of parameters that hold for data of any unit.
//
// A built-in law's ranges are written for runs of a usual size, kUsualLogs below, and move with the
// runs as its parameters do. A formula's parameters are looked for about the sizes that its columns
// and constants give them: host/formula/param_sizes.h.

#pragma once

#include <vector>

#include "host/search/problem.h"

namespace isoloss {

class StartRanges {
 public:
  // Both must outlive it.
  StartRanges(const LawEntry& law, const Problem& problem);

  // A place of theta[k] for a usual run, at share u of [0, 1] of its range.
  //   near_runs  a place on the log axis of an input, such as a break: where the runs are; of a
  //              formula's parameter: nearer to its size
  double at(int k, double u, bool near_runs) const;
  // From theta of a usual run to that of these runs, in plain units.
  Theta for_runs(const Theta& usual) const;
  // Two or three points of the range of a formula's parameter, in plain units.
  Grid grid(int k) const;

 private:
  double of_size(int k, double u, bool near) const;

  const LawEntry& law_;
  Centre usual_{};
  Centre mean_{};
  std::vector<LogSizes> sizes_;        // of a formula's parameters, else empty
  std::vector<StartRange> near_runs_;  // of each parameter, for a usual run
};

// The law with the points of --starts grid that these runs call for.
LawEntry with_sized_grids(const LawEntry& law, const Problem& problem);

}  // namespace isoloss
