// What a fit refuses before it begins, and when nothing came of it.

#pragma once

#include "host/fit/result.h"
#include "host/reading/run_table.h"

namespace isoloss {

// Why there is no fit to so few runs; empty where there is.
std::string too_few_runs(const RunTable& runs, const LawEntry& law);

// They throw InputError: runs that are fewer than the free parameters,
void require_enough_runs(const RunTable& runs, const LawEntry& law);
// budgets that are asked of a law without an optimum,
[[noreturn]] void refuse_budgets(const LawEntry& law);
// a grid of starts that would run for hours,
void require_small_grid(const LawEntry& law, const FitOptions& options);
// a law that is no number at any start.
void require_finite(const RunTable& runs, double objective, int num_starts);

// Whether the runs are no more than the free parameters: the law goes through any such runs, and
// nothing tells its error.
inline bool goes_through_any(std::size_t num_runs, const LawEntry& law) {
  return num_runs <= static_cast<std::size_t>(law.num_free());
}

// FLOP of the largest run; 0 where it cannot be known.
double largest_budget(const RunTable& runs, const FitOptions& options);

}  // namespace isoloss
