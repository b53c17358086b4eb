// The fit that a command line asks for, made.

#pragma once

#include "host/answers/fit_runs.h"
#include "host/commands/fit_flags.h"

namespace isoloss {

// Flags are resolved already. Shows progress on a terminal. Throws as fit_runs() does.
FittedRuns fit_asked(const FitFlags& flags);

}  // namespace isoloss
