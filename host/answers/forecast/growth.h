// What the years ahead multiply by.

#pragma once

#include <string>
#include <vector>

#include "host/answers/uncertain.h"

namespace isoloss {

// No forecast goes further.
inline constexpr int kMostYears = 100;

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

}  // namespace isoloss
