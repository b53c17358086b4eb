// Quantiles and moments of draws.

#pragma once

#include <vector>

#include "host/fit.h"

namespace isoloss {

// Percentile interval of the finite draws at `confidence`, by linear interpolation between order
// statistics (type 7 of Hyndman & Fan 1996, as NumPy). draws: at least 2 finite values.
Interval percentile_interval(std::vector<double> draws, double confidence);

// Standard deviation with divisor n - 1.
double standard_deviation(const std::vector<double>& draws);

// Adds interval and standard error to `estimate`; fewer than 2 finite draws add nothing.
void add_intervals(Estimate& estimate, const std::vector<double>& draws, double confidence);

// Median of the values; 0 for none.
double median(std::vector<double> values);

}  // namespace isoloss
