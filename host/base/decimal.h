// Decimal digits to the nearest double, whatever the locale.

#pragma once

#include <charconv>
#include <cstdint>
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

// Digits with at most a point, character by character, where one rounding gives the nearest double:
// a whole number below 2^53 over a power of ten that a double holds (Clinger 1990, section 4).
class ShortDecimal {
 public:
  // False for what is none of them.
  bool take(char c) {
    const auto digit = static_cast<unsigned>(c) - '0';
    if (digit < 10) {
      digits_ = 10 * digits_ + digit;
      ++num_digits_;
    } else if (c == '.' && point_ == kNoPoint) {
      point_ = num_digits_;
    } else {
      return false;
    }
    return true;
  }

  // 0 for all else, which is most texts of more than 16 digits, and for zero.
  double value() const {
    if (digits_ >= std::uint64_t{1} << 53 || num_digits_ > kMostDigits) return 0;
    const unsigned num_decimals = point_ == kNoPoint ? 0 : num_digits_ - point_;
    return static_cast<double>(digits_) / kPowersOfTen[num_decimals];
  }

 private:
  static constexpr unsigned kMostDigits = 18;  // more would not fit into 64 bits for sure
  static constexpr unsigned kNoPoint = ~0U;
  static constexpr double kPowersOfTen[kMostDigits + 1] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,
                                                           1e7,  1e8,  1e9,  1e10, 1e11, 1e12, 1e13,
                                                           1e14, 1e15, 1e16, 1e17, 1e18};

  std::uint64_t digits_ = 0;
  unsigned num_digits_ = 0;
  unsigned point_ = kNoPoint;  // digits before it
};

// The one or the other.
inline std::from_chars_result read_decimal(const char* first, const char* last, double& value) {
#ifdef __cpp_lib_to_chars
  return std::from_chars(first, last, value);
#else
  return read_decimal_by_strtod(first, last, value);
#endif
}

}  // namespace isoloss
