// What the draws of a bootstrap say, in a fit's own terms.

#pragma once

#include "host/fit/bootstrap.h"
#include "host/fit/result.h"
#include "host/search/problem.h"

namespace isoloss {

// What an objective of the search is multiplied by to be that of the response's own unit.
double objective_unit(const FitResult& result);

// Fills the draws of `result` and what is counted of them; `draws` are of the law itself.
void report_draws(const Draws& draws, const Units& units, const Problem& problem,
                  FitResult& result);

}  // namespace isoloss
