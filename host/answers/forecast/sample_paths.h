// How the assumptions go on, one path a sample.

#pragma once

#include <vector>

#include "host/answers/forecast/forecast.h"

namespace isoloss {

// Straight lines in logs; time in years since the first.
struct Path {
  double log_compute = 0, log_growth = 0, log_efficiency = 0;
  double log_stock = 0, log_data_growth = 0;  // of no stock: 0

  double log_flops_at(double years) const { return log_compute + years * log_growth; }
  double log_effective_at(double years) const {
    return log_flops_at(years) + years * log_efficiency;
  }
  double log_stock_at(double years) const { return log_stock + years * log_data_growth; }
};

// No budget and no stock is larger: 1e100.
inline constexpr double kLogMost = 230;

// The stated values, then `num_samples` samples of the ranges.
//
//   throws  InputError if a path passes kLogMost, or falls below one FLOP or token, within the
//   years
std::vector<Path> sample_paths(const Assumptions& assumptions, std::size_t num_samples,
                               std::uint64_t seed);

}  // namespace isoloss
