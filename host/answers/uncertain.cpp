#include "host/answers/uncertain.h"

#include <fmt/format.h>

#include <cmath>

#include "fits/math.h"
#include "fits/random.h"
#include "host/base/error.h"
#include "host/base/normal_deviate.h"
#include "host/base/parse_number.h"
#include "host/base/text.h"

namespace isoloss {
namespace {

// Of the standard normal distribution, 5 in 100 lie above.
constexpr double kDeviateOfRange = 1.6448536269514722;
// Resamples are streams from 0 on, starts those from 2^62 on: host/search/starts.cpp.
constexpr std::uint64_t kAssumptionStream = std::uint64_t{1} << 63;

}  // namespace

void TypedNumber::refuse(const std::string& what, const std::string& hint) const {
  throw InputError("", 0, "", fmt::format("{} {} {}", flag, printable(text), what), hint);
}

double TypedNumber::positive(std::string part) const {
  if (is_growth) {
    if (part.ends_with('%'))
      refuse("is in per cent", "write a factor: 1.4x/year is 40 % more each year");
    if (!part.ends_with('x'))
      refuse(fmt::format("has a factor without an x: {}", shown(part)),
             fmt::format("write {}", example));
    part.pop_back();
  }
  const Number number = parse_number(part);
  if (number.kind != Number::Kind::value)
    refuse(fmt::format("is no number: {}", shown(part)), fmt::format("write {}", example));
  if (!(number.value > 0))
    refuse("is not above 0", is_growth ? "1x/year stays as it is, 0.5x/year halves every year"
                                       : fmt::format("write {}", example));
  return number.value;
}

Interval TypedNumber::range(const std::string& part, double value) const {
  const std::size_t dots = part.find("..");
  if (dots == std::string::npos)
    refuse(fmt::format("has no range behind the colon: {}", shown(part)),
           fmt::format("write {}", example));
  const Interval out{positive(part.substr(0, dots)), positive(part.substr(dots + 2))};
  if (!(out.lower <= value && value <= out.upper) || out.lower == out.upper)
    refuse("has a range that does not hold the value before it",
           fmt::format("the value first, then what holds it {:g} % of the time, the lower end "
                       "first: {}",
                       100 * kRangeProbability, example));
  return out;
}

std::pair<std::string, std::string> parted(const std::string& text, char separator) {
  const std::size_t at = text.find(separator);
  if (at == std::string::npos) return {text, ""};
  return {text.substr(0, at), text.substr(at + 1)};
}

double Uncertain::log_at(double deviate) const {
  const double middle = isoloss::log(value);
  if (!range) return middle;
  const double end = deviate < 0 ? range->lower : range->upper;
  return middle + std::fabs(deviate) / kDeviateOfRange * (isoloss::log(end) - middle);
}

Uncertain parse_amount(const char* flag, const std::string& text, const char* example) {
  const TypedNumber typed{flag, text, false, example};
  const auto [value, range] = parted(text, ':');
  Uncertain out{typed.positive(value), {}};
  if (text.find(':') != std::string::npos) out.range = typed.range(range, out.value);
  return out;
}

double normal_deviate(std::uint64_t seed, std::uint64_t sample, std::uint32_t assumption) {
  const PhiloxBlock words = random_block(seed, kAssumptionStream + sample, assumption);
  return normal_of(words.word[0], words.word[1]);
}

}  // namespace isoloss
