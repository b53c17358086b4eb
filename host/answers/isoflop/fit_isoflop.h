// Approach 2 of Hoffmann et al. 2022, arXiv:2203.15556, section 3.2: at each compute budget the
// best model is read off a parabola, and a power law goes through the best of all budgets.

#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "host/reading/run_table.h"

namespace isoloss {

// The least of the parabola through the runs of one budget.
struct IsoflopMinimum {
  double budget = 0;
  double position = 0;   // of the least, in the unit of what varies
  double loss = 0;       // there, on the parabola
  double curvature = 0;  // half the second derivative of the loss by the log of the position
  std::size_t num_runs = 0;
  bool inside = true;  // false: the least lies beyond the runs of its budget
};

// position ~ coefficient * budget^exponent.
struct IsoflopFit {
  std::vector<IsoflopMinimum> minima;  // by budget, ascending
  double exponent = 0;
  double coefficient = 0;

  // The best position at a budget.
  double optimum(double budget) const;
};

// Fits by least squares, weighted if the runs are, a parabola of the loss in the log of `along` to
// the runs of each budget, and a line to the logs of the minima, each counted once.
//
//   along    what varies at a budget, "params" or "tokens"; read and positive
//   budget   the column that names the budget; runs belong together if it is the same number
//   throws   InputError for fewer than two budgets, a budget with fewer than three values of
//            `along`, and a budget whose loss has no least (the parabola is not convex)
//   cost     a few passes over the runs
IsoflopFit fit_isoflop(const RunTable& runs, std::string_view along, std::string_view budget);

}  // namespace isoloss
