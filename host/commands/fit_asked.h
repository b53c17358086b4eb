// The fit that a command line asks for, made.

#pragma once

#include "host/commands/fit_flags.h"

namespace isoloss {

struct FittedRuns {
  RunTable runs;
  FitResult fit;
};

// Reads flags.paths and fits; flags are resolved already. Shows progress on a terminal. Throws as
// read_runs() and fit() do.
FittedRuns fit_asked(FitFlags& flags);

}  // namespace isoloss
