// The fit that a command line asks for, made.

#pragma once

#include <string>
#include <vector>

#include "host/answers/fitted_law.h"
#include "host/commands/fitting_flags.h"

namespace isoloss {

// Of the source the flags say how it is read. Shows progress on a terminal. Throws as the options
// of the flags and fit() do.
FittedRuns asked_fit(RunSource source, const FitFlags& flags,
                     const std::vector<double>& budgets = {}, const ShardOptions& shards = {});

}  // namespace isoloss
