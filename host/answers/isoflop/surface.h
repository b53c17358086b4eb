// What a law fitted to the same runs says of approach 2: its own optima, and what the method makes
// of losses that the law predicts, without noise.

#pragma once

#include <optional>
#include <vector>

#include "host/answers/isoflop/isoflop.h"
#include "host/answers/isoflop/minima.h"

namespace isoloss {

// Adds the surface, its optima and the bias. `runs` have N and D; the sizes of the question are one
// of them, and budgets are FLOP.
void add_surface(const RunTable& runs, const IsoflopDesign& design, const FitOptions& options,
                 Isoflop& out);

}  // namespace isoloss
