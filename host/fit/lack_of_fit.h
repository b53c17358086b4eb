// Whether a law misses the runs by more than their noise: against rows that were run more than
// once, and against standard errors that the file gives.
//
// The residual sum of squares splits into that of replicates around their means, pure error, and
// that of the means around the law; under the law both estimate one variance (Draper & Smith 1998,
// "Applied regression analysis", section 2.1). The probability is that of independent normal errors
// and least squares: heavier tails make it too small.

#pragma once

#include <cstddef>
#include <vector>

#include "host/fit/refitter.h"
#include "host/fit/result.h"
#include "host/reading/run_table.h"

namespace isoloss {

// Against replicates: three rows at least beyond one a setting, of at most 100,000; a setting whose
// rows are all equal counts as one row. Against RunTable::unit_error: more rows than free
// parameters. Nothing of rows that are checkpoints of runs, that have weights which need not be
// inverse variances, and of an over_penalty.
//
//   fit    its residuals and parameters
//   units  what the bootstrap draws: rows or runs
//   cost   a sort of the rows
std::vector<LackOfFit> lack_of_fit(const RunTable& runs, const FitResult& fit, const Units& units);

}  // namespace isoloss
