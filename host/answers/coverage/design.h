// What runs are simulated of: the inputs of the user's own runs, and a law that is known.

#pragma once

#include <optional>

#include "host/answers/fitted_law.h"

namespace isoloss {

struct Design {
  FittedLaw fitted;  // to the runs, without bootstrap
  FittedLaw truth;   // the same unless another was given
};

// Throws InputError as fit() does, and for a truth of another law than options.law.
Design design_of(const RunSource& source, const std::optional<FittedLaw>& truth,
                 FitOptions options);

}  // namespace isoloss
