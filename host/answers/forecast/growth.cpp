#include "host/answers/forecast/growth.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "fits/math.h"
#include "host/base/error.h"
#include "host/base/parse_number.h"
#include "host/base/text.h"

namespace isoloss {
namespace {

// Years of "year", "10years", "6months".
double years_of(const TypedNumber& typed, const std::string& text) {
  const std::size_t end = text.find_first_not_of("0123456789.");
  const std::string unit = end == std::string::npos ? "" : text.substr(end);
  const double num =
      end == 0 ? 1 : TypedNumber{typed.flag, typed.text}.positive(text.substr(0, end));
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

// "2030=2x/year" behind `before`.
Growth::Later later_growth(const char* flag, const std::string& text, int first_year,
                           double before) {
  const TypedNumber typed{flag, text, true};
  const auto [year, growth] = parted(text, '=');
  if (growth.empty()) typed.refuse("does not say from which year on", "write 4x/year,2030=2x/year");
  const Number number = parse_number(year);
  if (number.kind != Number::Kind::value || !(number.value - first_year > before))
    typed.refuse(
        fmt::format("begins in {}, which is no year behind {:g}", shown(year), first_year + before),
        "years ascend, and count as those of the forecast do");
  if (number.value - first_year > kMostYears)
    typed.refuse(
        fmt::format("begins more than {} years behind the first, {}", kMostYears, first_year),
        "years count from 0 where no first one is named: give ``from`` 2026");
  return {number.value - first_year, parse_growth(flag, growth)};
}

}  // namespace

bool Growth::has_range() const {
  return first.range.has_value() || std::any_of(later.begin(), later.end(), [](const Later& own) {
           return own.rate.range.has_value();
         });
}

Uncertain parse_growth(const char* flag, const std::string& text) {
  const TypedNumber typed{flag, text, true};
  const auto [growth, range] = parted(text, ':');
  const auto [factor, period] = parted(growth, '/');
  if (period.empty())
    typed.refuse("does not say in which time", "write 4x/year, 1e6x/10years or 2x/6months");
  Uncertain out{typed.positive(factor), {}};
  if (text.find(':') != std::string::npos) out.range = typed.range(range, out.value);
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
    TypedNumber{flag, text, true}.refuse("ends in a comma", "write 4x/year,2030=2x/year");
  out.first = parse_growth(flag, own);
  while (!rest.empty()) {
    std::tie(own, rest) = parted(rest, ',');
    const double before = out.later.empty() ? 0 : out.later.back().years;
    out.later.push_back(later_growth(flag, own, first_year, before));
  }
  return out;
}

}  // namespace isoloss
