// The bootstrap's draws as a table: one row a resample, one column a parameter, then the objective
// and whether the fit was proved converged (1 or 0).

#pragma once

#include <string>

#include "host/fit/result.h"

namespace isoloss {

// NumPy's format 1.0: a little-endian float64 array, num_resamples x (num_params + 2), row-major.
std::string npy_draws(const FitResult& fit);

// The same as CSV with a header and 17 significant digits.
std::string csv_draws(const FitResult& fit);

}  // namespace isoloss
