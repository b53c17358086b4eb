// Decimal digits to the nearest double, whatever the locale.

#pragma once

#include <charconv>
#include <version>

namespace isoloss {

// What std::from_chars does with decimal digits, by strtod in the C locale: the way where the
// standard library reads no double (libc++ before version 20).
//
//   returns  as std::from_chars: the end of what was read, and result_out_of_range beyond the range
//   of
//            double precision; invalid_argument for infinities, NaN and hexadecimal digits too
//   cost     one pass over the text, and a copy
std::from_chars_result read_decimal_by_strtod(const char* first, const char* last, double& value);

// The one or the other.
inline std::from_chars_result read_decimal(const char* first, const char* last, double& value) {
#ifdef __cpp_lib_to_chars
  return std::from_chars(first, last, value);
#else
  return read_decimal_by_strtod(first, last, value);
#endif
}

}  // namespace isoloss
