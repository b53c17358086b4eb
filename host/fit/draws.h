// Refits of resamples.

#pragma once

#include <functional>
#include <span>
#include <vector>

#include "host/simd/solver.h"

namespace isoloss {

// Takes the fits of the resamples that follow those it was given before; theta in search
// coordinates. They are gone once it returns.
using TakeFits = std::function<void(std::span<const PolishedFit>)>;

// Fits of the first resamples, and what they say of how the others are to be fitted.
struct Draws {
  std::vector<PolishedFit> fits;  // in their order
  int num_basins = 0;             // starts minimised in each resample
  // Share of the first resamples in which these starts end above what a longer search found.
  double missed = 0;
};

}  // namespace isoloss
