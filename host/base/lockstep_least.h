// Where many functions of one variable are least, found together: what evaluates them works on
// batches.

#pragma once

#include <vector>

#include "host/base/lockstep_root.h"

namespace isoloss {

// A row each; NaN where a function is no number anywhere.
struct LeastOfRows {
  std::vector<double> x, y;
};

// The least of f_i in [lower[i], upper[i]] for every row: f is looked at at `num_places` places,
// evenly from one end to the other, then by golden section between the neighbours of the best, and
// of the best place within that is less than its neighbours. What is no number counts as infinite.
//
//   num_steps  of golden section, each of which leaves 0.618 of the range of x: 40 leave 4e-9 of it
//   returns    x, no nearer than the rounding of f allows, and f(x)
//   cost       num_places + num_steps + 2 evaluations of all rows, at most num_steps + 2 more
//   source     Kiefer 1953, "Sequential minimax search for a maximum", Proceedings of the American
//              Mathematical Society 4:502
LeastOfRows lockstep_least(const std::vector<double>& lower, const std::vector<double>& upper,
                           int num_places, const RowsFunction& f, int num_steps = 40);

}  // namespace isoloss
