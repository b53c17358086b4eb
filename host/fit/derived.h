// Quantities that follow from a fit: what each parameter vector says of the compute-optimal model.

#pragma once

#include "host/fit/result.h"

namespace isoloss {

// Adds estimates of parameters, exponents and optima to `result` from result.theta and, if there
// are any, result.draws. largest_C: the largest run's FLOP.
//
// cost: one optimum a draw and budget
void add_estimates(FitResult& result, double largest_C);

}  // namespace isoloss
