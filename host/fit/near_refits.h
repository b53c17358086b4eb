// The pilot of the bootstrap of a law without an exponent screen.

#pragma once

#include <vector>

#include "host/fit/draws.h"
#include "host/fit/refitter.h"

namespace isoloss {

// Fits the first `num` resamples, and as many more as the others are to start near, and sets the
// refitter up for the others.
//
//   starts  the fit, and other points to search from; num x num_params, search coordinates
Draws fit_near_pilot(const LawEntry& law, const Problem& problem, const Units& units,
                     const FitOptions& options, const std::vector<double>& starts, int num,
                     Refitter& refitter);

}  // namespace isoloss
