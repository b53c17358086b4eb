// Refits of resamples.

#pragma once

#include <vector>

#include "host/simd/solver.h"

namespace isoloss {

// Draws of a bootstrap, in the order of the resamples.
struct Draws {
  std::vector<PolishedFit> fits;  // theta in search coordinates
  int num_basins = 0;             // starts minimised in each resample
  // Share of the first resamples in which these starts end above what a longer search found.
  double missed = 0;
};

}  // namespace isoloss
