// Quantities that follow from a fit: what each parameter vector says of the compute-optimal model.

#pragma once

#include "host/fit/result.h"

namespace isoloss {

class UnitInfluence;

// Adds estimates of parameters, exponents and optima to `result` from result.theta and, if there
// are any, result.draws. largest_C: the largest run's FLOP. influence: for BCa and sandwich
// intervals, or null.
//
// cost: one optimum a draw and budget
void add_estimates(FitResult& result, double largest_C, const UnitInfluence* influence = nullptr);

// The compute-optimal models of a fit at budgets in FLOP, with intervals of its draws; its law has
// an optimum. The same cost.
std::vector<OptimumEstimate> optima_at(const FitResult& fit, const std::vector<double>& budgets,
                                       double largest_C);

}  // namespace isoloss
