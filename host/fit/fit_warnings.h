// What the user should know about a fit: every warning, its text and its advice.

#pragma once

#include "host/base/warnings.h"
#include "host/fit/result.h"
#include "host/reading/run_table.h"

namespace isoloss {

// Appends to result.warnings those that apply, gravest first.
void add_fit_warnings(const RunTable& runs, FitResult& result);

// Whether a warning is of the budgets that the fit was asked for, and concerns no other question.
inline bool is_of_own_budgets(std::string_view name) {
  return name == code_of<"extrapolation"> || name == code_of<"optimum_withheld">;
}

// Which --starts to try next: the law's grid where that ends within a minute.
std::string more_starts_advice(const FitResult& fit);

// Its part about intervals: host/fit/interval_warnings.cpp.
void add_interval_warnings(const RunTable& runs, FitResult& result);

// About breaks that merge: host/fit/break_warnings.cpp.
void add_break_warnings(FitResult& result);

}  // namespace isoloss
