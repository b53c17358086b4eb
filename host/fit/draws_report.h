// What the draws of a bootstrap say, as part of a fit.

#pragma once

#include "host/fit/draws.h"
#include "host/fit/refitter.h"
#include "host/fit/result.h"

namespace isoloss {

// The objective of a fit in the residual's own unit, over that of its search.
double objective_unit(const FitResult& result);

// Fills all that is of draws, and whether intervals are withheld. The status of the fit is known.
void report_draws(const Draws& draws, const Units& units, const Problem& problem,
                  FitResult& result);

}  // namespace isoloss
