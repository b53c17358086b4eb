// Numbers as people write them in tables of runs.

#pragma once

#include <string>
#include <string_view>

namespace isoloss {

// What a piece of text says.
struct Number {
  enum class Kind { value, missing, bad };
  Kind kind = Kind::bad;
  double value = 0;
  bool has_thousands = false;  // read through thousands commas: "100,000,000"
  std::string reason;          // of a bad one: what is wrong, empty when there is no more to say
};

// Reads `6e18`, `+5e8`, `.5e9`, `1_000_000`, `100,000,000` and the suffixes of `350k`, `400M`,
// `70B` (or G), `1.4 T` in either case, correctly rounded whatever the number of digits.
//
//   missing  NaN, null, None, NA, N/A, `-`, empty text, infinities and what spreadsheets write for
//   an
//            error (#N/A, #DIV/0!), in any case
//   bad      everything else, with the reason. A single comma is bad, because 3,438 may mean 3438
//            or 3.438; so is a value outside the range of double precision.
//   cost     one pass; reads no locale
Number parse_number(std::string_view text);

// The same of what most cells are, digits with at most a point and an exponent, but faster; 0 for
// all else.
double plain_number(std::string_view text);

}  // namespace isoloss
