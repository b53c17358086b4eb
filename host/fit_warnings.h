// What the user should know about a fit: every warning, its text and its advice.

#pragma once

#include "host/fit.h"

namespace isoloss {

// Appends to result.warnings those that apply, gravest first.
void add_fit_warnings(const RunTable& runs, FitResult& result);

// Its part about intervals: host/interval_warnings.cpp.
void add_interval_warnings(const RunTable& runs, FitResult& result);

// About breaks that merge: host/break_warnings.cpp.
void add_break_warnings(FitResult& result);

}  // namespace isoloss
