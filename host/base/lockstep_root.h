// Roots of many functions of one variable, found together: what evaluates them works on batches.

#pragma once

#include <functional>
#include <vector>

namespace isoloss {

// y[i] = f_i(x[i]) for every row.
using RowsFunction = std::function<void(const std::vector<double>& x, std::vector<double>& y)>;

// A root of f_i in [lower[i], upper[i]] for every row; NaN where f_i has the same sign at both ends
// or is not finite there.
//
//   cost    some 10 evaluations of all rows for smooth functions, 60 at most for any
//   source  Chandrupatla 1997, "A new hybrid quadratic/bisection algorithm for finding the zero of
//   a
//           nonlinear function without using derivatives", Advances in Engineering Software 28
std::vector<double> lockstep_roots(const std::vector<double>& lower,
                                   const std::vector<double>& upper, const RowsFunction& f);

}  // namespace isoloss
