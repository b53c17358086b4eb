// Runs that lie far off a fit, by a scale that they do not move.

#pragma once

#include <cstddef>
#include <vector>

#include "host/fit/result.h"
#include "host/reading/run_table.h"

namespace isoloss {

struct Outlier {
  std::size_t run = 0;  // its place in the table
  double residual = 0;  // as FitResult has it
  double times = 0;     // its size over the robust standard deviation
};

// 1.4826 times the median size of the residuals, without as many of the least as parameters are
// free: their standard deviation, were they normal.
double robust_deviation(const FitResult& fit);

// Robust standard deviations that a normal residual is farther off once in two million runs: five,
// and more where few runs beyond the free parameters tell the deviation, by Student's t, up to
// where a fit warns of one.
double outlier_limit(const FitResult& fit);

// Runs whose residual is at least so many robust standard deviations, the farthest first. Where
// most residuals are nothing but rounding, those that are visible at all.
std::vector<Outlier> outliers(const RunTable& runs, const FitResult& fit, double times);

}  // namespace isoloss
