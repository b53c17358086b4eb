// A positive number that nobody knows exactly, as it is typed and as it is sampled.

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

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

// An amount or a growth, as it was typed after a flag.
struct TypedNumber {
  const char* flag;
  std::string text;
  bool is_growth = false;
  const char* example = is_growth ? "4x/year:3x..5x" : "300T:100T..1000T";  // for messages

  // "4x" of a growth, "300T" of an amount, which is part of the text.
  double positive(std::string part) const;
  // "3x..5x", which holds `value`.
  Interval range(const std::string& part, double value) const;
  // Throws InputError that begins with what was typed.
  [[noreturn]] void refuse(const std::string& what, const std::string& hint) const;
};

// What stands before and behind the first `separator`; the latter is empty if there is none.
std::pair<std::string, std::string> parted(const std::string& text, char separator);

// "300T" or "300T:100T..1000T". Throws InputError as parse_growth does.
//
//   example  of what should have been typed
Uncertain parse_amount(const char* flag, const std::string& text,
                       const char* example = "300T:100T..1000T");

// A standard normal number for each sample and assumption, the same whatever else is drawn; no
// bootstrap of the same seed uses its random bits.
double normal_deviate(std::uint64_t seed, std::uint64_t sample, std::uint32_t assumption);

}  // namespace isoloss
