// The fit that a command line asks for, made.

#pragma once

#include "host/answers/fitted_law.h"
#include "host/commands/fit_flags.h"

namespace isoloss {

// Flags are resolved already. Shows progress on a terminal. Throws as fit() does.
FittedLaw fit_asked(const FitFlags& flags);

}  // namespace isoloss
