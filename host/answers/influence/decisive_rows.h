// Rows that the answer of a fit hangs on, told by its own bootstrap.

#pragma once

#include <memory>
#include <optional>

#include "host/answers/fitted_law.h"

namespace isoloss {

// Resamples that lack a row, or a run where rows are drawn by runs, are a bootstrap of the rest.
// Where their draws lie far from the estimate of all, the rest is fitted, exactly and with a
// bootstrap of its own, and named if it disagrees. Nothing of few draws, and of very many rows.
//
//   law     as it was before the fit, which may have moved its bounds
//   throws  DeviceError, Interrupted
//   cost    some 3 ms on one core for 240 rows; a fit with up to 1,000 resamples on one thread for
//           each row that is refitted, of which there seldom is one and at most five
//   source  Efron 1992, "Jackknife-after-bootstrap standard errors and influence functions",
//           Journal of the Royal Statistical Society B 54:83
std::optional<Warning> decisive_rows(const FittedRuns& made, std::shared_ptr<const LawEntry> law,
                                     const FitOptions& options);

}  // namespace isoloss
