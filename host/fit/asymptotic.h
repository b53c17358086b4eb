// Standard errors by linearisation: the textbook ones of least squares.
//
// Residual variance times the diagonal of (J^T W J)^-1, J the Jacobian of the prediction at the fit
// (Bates & Watts 1988, "Nonlinear regression analysis and its applications", section 2.3). They
// hold for independent residuals of equal variance and a law close to linear over the interval.

#pragma once

#include <functional>
#include <optional>

#include "host/fit/result.h"
#include "host/reading/run_table.h"
#include "host/search/problem.h"

namespace isoloss {

// Fills asymptotic_error of each free parameter, in shown units, by a QR factorisation of the
// column-scaled Jacobian; leaves them out unless residuals are squared, more runs than free
// parameters are there and the Jacobian has full rank.
//
// cost: runs x params^2
void add_asymptotic_errors(const Problem& problem, const PolishedFit& fit, FitResult& result);

// The same error of what follows from the parameters: `quantity` takes them in plain units. Nothing
// under the same conditions, and where it depends on none of them.
std::optional<double> asymptotic_error_of(const RunTable& runs, const FitResult& fit,
                                          const std::function<double(const Theta&)>& quantity);

}  // namespace isoloss
