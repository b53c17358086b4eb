// Quantiles and moments of draws, and the quantile of one distribution.

#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

#include "host/base/estimate.h"

namespace isoloss {

// Percentile interval of the finite draws at `confidence`, by linear interpolation between order
// statistics (type 7 of Hyndman & Fan 1996, as NumPy). draws: at least 2 finite values.
Interval percentile_interval(std::vector<double> draws, double confidence);

// The same between two levels, 0 to 1.
Interval interval_at_levels(std::vector<double> draws, const Interval& levels);

// Share of the finite draws below x; of those that equal it, half. Nothing of fewer than 2 draws.
std::optional<double> share_below(const std::vector<double>& draws, double x);

// Those that are numbers, in their order.
std::vector<double> finite_values(std::vector<double> values);

// NaN of none.
double mean(const std::vector<double>& values);

// Standard deviation with divisor n - 1.
double standard_deviation(const std::vector<double>& draws);

// Adds interval and standard error to `estimate`; fewer than 2 finite draws add nothing.
void add_intervals(Estimate& estimate, std::vector<double> draws, double confidence);

// Percentile interval at levels that are corrected for the median bias of the draws and for
// skewness (Efron 1987, Journal of the American Statistical Association 82:171, equation 2.3).
//
//   value         the estimate
//   acceleration  a sixth of the skewness of the estimate's influence function
//   returns       nothing of fewer than 2 finite draws, if all of them lie on one side of the
//                 estimate, and where a level lies beyond the outermost draws
std::optional<Interval> bca_interval(std::vector<double> draws, double value, double acceleration,
                                     double confidence);

// value - half .. value + half or, of a log, value / f .. value f with f = exp(half / |value|): the
// same to first order, and on the value's side of zero.
Interval interval_around(double value, double half, bool is_log);

// One quantity of rows 0 .. num - 1: its value at row 0, the estimate, with the interval of the
// rows behind it, the draws.
template <class Of>
Estimate estimate_of(std::size_t num, double confidence, Of&& of) {
  Estimate out;
  out.value = of(std::size_t{0});
  std::vector<double> draws;
  for (std::size_t i = 1; i < num; ++i) draws.push_back(of(i));
  add_intervals(out, std::move(draws), confidence);
  return out;
}

// Share of the rows behind the first, the draws, that have none; 0 without draws.
template <class Row, class HasNone>
double share_without(const std::vector<Row>& rows, HasNone&& has_none) {
  if (rows.size() < 2) return 0;
  return static_cast<double>(std::count_if(rows.begin() + 1, rows.end(), has_none)) /
         static_cast<double>(rows.size() - 1);
}

// z for which a standard normal variable is below it with a probability strictly between 0 and 1.
double normal_quantile(double probability);

// t for which a variable of Student's distribution is within -t .. t with probability `confidence`.
//
//   degrees_of_freedom  >= 1
//   cost                a sum of some 100 + 10 degrees_of_freedom terms, 50 times
//   source              Abramowitz & Stegun 1964, 26.7.3 and 26.7.4
double student_t(double confidence, int degrees_of_freedom);

// Median of the values; 0 for none.
double median(std::vector<double> values);

// 1 - misses / spread, the share of variance that is explained; NaN of values that vary by rounding
// alone.
//
//   misses  sum of squares of what was predicted less what was measured
//   spread  of what was measured less its mean; size: of what was measured
double r_squared(double misses, double spread, double size);

}  // namespace isoloss
