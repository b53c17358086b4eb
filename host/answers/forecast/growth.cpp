#include "host/answers/forecast/growth.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <tuple>

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

// What was typed, for messages.
struct Typed {
  const char* flag;
  std::string text;
  bool is_growth;

  const char* example() const { return is_growth ? "4x/year:3x..5x" : "300T:100T..1000T"; }
  [[noreturn]] void refuse(const std::string& what, const std::string& hint) const {
    throw InputError("", 0, "", fmt::format("{} {} {}", flag, printable(text), what), hint);
  }
};

// "4x" of a growth, "300T" of an amount.
double positive(const Typed& typed, std::string text) {
  if (typed.is_growth) {
    if (text.ends_with('%'))
      typed.refuse("is in per cent", "write a factor: 1.4x/year is 40 % more each year");
    if (!text.ends_with('x'))
      typed.refuse(fmt::format("has a factor without an x: {}", shown(text)),
                   fmt::format("write {}", typed.example()));
    text.pop_back();
  }
  const Number number = parse_number(text);
  if (number.kind != Number::Kind::value)
    typed.refuse(fmt::format("is no number: {}", shown(text)),
                 fmt::format("write {}", typed.example()));
  if (!(number.value > 0))
    typed.refuse("is not above 0", typed.is_growth
                                       ? "1x/year stays as it is, 0.5x/year halves every year"
                                       : fmt::format("write {}", typed.example()));
  return number.value;
}

Interval range_of(const Typed& typed, const std::string& text, double value) {
  const std::size_t dots = text.find("..");
  if (dots == std::string::npos)
    typed.refuse(fmt::format("has no range behind the colon: {}", shown(text)),
                 fmt::format("write {}", typed.example()));
  const Interval out{positive(typed, text.substr(0, dots)), positive(typed, text.substr(dots + 2))};
  if (!(out.lower <= value && value <= out.upper) || out.lower == out.upper)
    typed.refuse(
        "has a range that does not hold the value before it",
        fmt::format("the value first, then what holds it {:g} % of the time, the lower end "
                    "first: {}",
                    100 * kRangeProbability, typed.example()));
  return out;
}

// Years of "year", "10years", "6months".
double years_of(const Typed& typed, const std::string& text) {
  const std::size_t end = text.find_first_not_of("0123456789.");
  const std::string unit = end == std::string::npos ? "" : text.substr(end);
  const double num = end == 0 ? 1 : positive({typed.flag, typed.text, false}, text.substr(0, end));
  if (unit == "year" || unit == "years") return num;
  constexpr double kMonths = 12;
  if (unit == "month" || unit == "months") return num / kMonths;
  typed.refuse(fmt::format("grows in {}, which is no period", shown(text)),
               "write 4x/year, 1e6x/10years or 2x/6months");
}

// The factor of one year, from that of several.
void bring_to_a_year(double& factor, double years) {
  if (years != 1) factor = isoloss::exp(isoloss::log(factor) / years);
}

// What stands before and behind the first `separator`; the latter is empty if there is none.
std::pair<std::string, std::string> parted(const std::string& text, char separator) {
  const std::size_t at = text.find(separator);
  if (at == std::string::npos) return {text, ""};
  return {text.substr(0, at), text.substr(at + 1)};
}

// "2030=2x/year" behind `before`.
Growth::Later later_growth(const char* flag, const std::string& text, int first_year,
                           double before) {
  const Typed typed{flag, text, true};
  const auto [year, growth] = parted(text, '=');
  if (growth.empty()) typed.refuse("does not say from which year on", "write 4x/year,2030=2x/year");
  const Number number = parse_number(year);
  if (number.kind != Number::Kind::value || !(number.value - first_year > before))
    typed.refuse(
        fmt::format("begins in {}, which is no year behind {:g}", shown(year), first_year + before),
        "years ascend, and count as those of the forecast do");
  return {number.value - first_year, parse_growth(flag, growth)};
}

}  // namespace

bool Growth::has_range() const {
  return first.range.has_value() || std::any_of(later.begin(), later.end(), [](const Later& own) {
           return own.rate.range.has_value();
         });
}

double Uncertain::log_at(double deviate) const {
  const double middle = isoloss::log(value);
  if (!range) return middle;
  const double end = deviate < 0 ? range->lower : range->upper;
  return middle + std::fabs(deviate) / kDeviateOfRange * (isoloss::log(end) - middle);
}

Uncertain parse_amount(const char* flag, const std::string& text) {
  const Typed typed{flag, text, false};
  const auto [value, range] = parted(text, ':');
  Uncertain out{positive(typed, value), {}};
  if (text.find(':') != std::string::npos) out.range = range_of(typed, range, out.value);
  return out;
}

Uncertain parse_growth(const char* flag, const std::string& text) {
  const Typed typed{flag, text, true};
  const auto [growth, range] = parted(text, ':');
  const auto [factor, period] = parted(growth, '/');
  if (period.empty())
    typed.refuse("does not say in which time", "write 4x/year, 1e6x/10years or 2x/6months");
  Uncertain out{positive(typed, factor), {}};
  if (text.find(':') != std::string::npos) out.range = range_of(typed, range, out.value);
  const double years = years_of(typed, period);
  bring_to_a_year(out.value, years);
  if (!out.range) return out;
  bring_to_a_year(out.range->lower, years);
  bring_to_a_year(out.range->upper, years);
  return out;
}

Growth parse_growths(const char* flag, const std::string& text, int first_year) {
  Growth out;
  auto [own, rest] = parted(text, ',');
  if (text.ends_with(','))
    Typed{flag, text, true}.refuse("ends in a comma", "write 4x/year,2030=2x/year");
  out.first = parse_growth(flag, own);
  while (!rest.empty()) {
    std::tie(own, rest) = parted(rest, ',');
    const double before = out.later.empty() ? 0 : out.later.back().years;
    out.later.push_back(later_growth(flag, own, first_year, before));
  }
  return out;
}

double normal_deviate(std::uint64_t seed, std::uint64_t sample, std::uint32_t assumption) {
  const PhiloxBlock words = random_block(seed, kAssumptionStream + sample, assumption);
  return normal_of(words.word[0], words.word[1]);
}

}  // namespace isoloss
