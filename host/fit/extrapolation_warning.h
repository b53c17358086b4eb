// The warning of answers that lie far beyond the largest run.

#pragma once

#include <optional>
#include <vector>

#include "host/base/warnings.h"
#include "host/fit/result.h"
#include "host/reading/run_table.h"

namespace isoloss {

// Of what is asked so far beyond the runs that were fitted: FLOP over the largest run's. Nothing
// for what is near.
std::optional<Warning> extrapolation_warning(double farthest);
// The same of budgets in FLOP beyond those runs; nothing where there are none of either.
std::optional<Warning> extrapolation_warning(const std::vector<double>& budgets,
                                             const RunTable& runs);
// Of the budgets that the user asked a fit for: the report marks its own by their factor.
std::optional<Warning> extrapolation_warning(const FitResult& fit);

}  // namespace isoloss
