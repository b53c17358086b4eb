// Numbers of the years ahead that nobody knows exactly: a stock, a budget, what a year multiplies
// them by.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "host/base/estimate.h"

namespace isoloss {

// The probability that a stated range holds.
inline constexpr double kRangeProbability = 0.9;

// A positive number, with the range that holds it nine times in ten if one is stated. Its median is
// `value`; on either side of that its log is normal, so that 5 in 100 lie below the range and 5 in
// 100 above. Where the value is the geometric mean of the range this is the log-normal
// distribution.
struct Uncertain {
  double value = 1;
  std::optional<Interval> range;  // lower <= value <= upper

  // Log of the number that lies `deviate` standard deviations above the median.
  double log_at(double deviate) const;
};

// What a year multiplies by, which may change.
struct Growth {
  Uncertain first;  // from the first year on
  struct Later {
    double years;  // since the first year
    Uncertain rate;
  };
  std::vector<Later> later = {};  // from then on; in the order of time

  bool has_range() const;
};

// "4x/year", "1e6x/10years", "2x/6months", and with a range "4x/year:3x..5x": the factor by which
// one year multiplies.
//
//   flag    named by messages
//   throws  InputError, with what to write instead, for what has no x or no period, for factors
//           that are not above 0 and for ranges without the factor in them
Uncertain parse_growth(const char* flag, const std::string& text);

// "4x/year:3x..5x,2030=2x/year": growths from which year on. Throws InputError as parse_growth
// does, and for years that do not follow on each other and on `first_year`.
Growth parse_growths(const char* flag, const std::string& text, int first_year);

// "300T" or "300T:100T..1000T". Throws InputError as parse_growth does.
Uncertain parse_amount(const char* flag, const std::string& text);

// A standard normal number for each sample and assumption, the same whatever else is drawn; no
// bootstrap of the same seed uses its random bits.
double normal_deviate(std::uint64_t seed, std::uint64_t sample, std::uint32_t assumption);

}  // namespace isoloss
