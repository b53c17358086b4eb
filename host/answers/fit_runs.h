// A law fitted to a file of runs: what every question about a file begins with.

#pragma once

#include <string>

#include "host/fit/result.h"
#include "host/reading/read_options.h"
#include "host/reading/run_table.h"

namespace isoloss {

struct FittedRuns {
  RunTable runs;
  FitResult fit;
};

// Fits options.law, which may be a formula or a file, to the runs of a file. What the law reads is
// added to `read`. Throws as read_runs() and fit() do.
FittedRuns fit_runs(const std::string& path, ReadOptions read, const FitOptions& options);

}  // namespace isoloss
