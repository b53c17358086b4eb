// How the assumptions go on, one path a sample.

#pragma once

#include <vector>

#include "host/answers/forecast/forecast.h"

namespace isoloss {

// A log over the years since the first: a straight line, or several that go on from each other.
class Course {
 public:
  explicit Course(double at_first = 0) : at_first_(at_first) {}

  // From `years` on, behind all that were added, the log grows by `rate` a year.
  void add(double years, double rate) { pieces_.push_back({years, rate}); }
  double at(double years) const;

 private:
  struct Piece {
    double years, rate;
  };
  double at_first_;
  std::vector<Piece> pieces_;
};

// Time in years since the first.
struct Path {
  Course spent, hardware, worth;  // the last two against the first year: 0 there
  Course stock;                   // of no stock: 0

  double log_spent_at(double years) const { return spent.at(years); }
  double log_flops_at(double years) const { return spent.at(years) + hardware.at(years); }
  double log_effective_at(double years) const { return log_flops_at(years) + worth.at(years); }
  double log_stock_at(double years) const { return stock.at(years); }
};

// No budget and no stock is larger: 1e100.
inline constexpr double kLogMost = 230;

// The stated values, then `num_samples` samples of the ranges. A sample stands at the same place of
// the range of every growth of one kind: where growth is fast it stays so.
//
//   throws  InputError if a path passes kLogMost, or falls below one FLOP or token, within the
//   years
std::vector<Path> sample_paths(const Assumptions& assumptions, std::size_t num_samples,
                               std::uint64_t seed);

// The first year, then those in which a growth changes, in order; none behind kMostYears.
std::vector<double> turns_of(const Assumptions& assumptions);

}  // namespace isoloss
