#include "host/formula/param_defaults.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "host/formula/overrides.h"

namespace isoloss {
namespace {

constexpr Bounds kExponent{0, 3};
constexpr double kSmallestDivisor = 0.005;  // as alpha_D of fits/laws/kaplan.h
constexpr StartRange kExponentStarts{0, 2};
constexpr Bounds kAnyNumber{-kUnbounded, kUnbounded};
constexpr StartRange kAnySize{1 / kUnbounded, kUnbounded, true};
// Of the log of a positive number.
constexpr Bounds kPositive{-kUnboundedLog, kUnboundedLog};
constexpr StartRange kAnyLog{-kUnboundedLog, kUnboundedLog, true};
// A box on a log scale that is no wider is looked through evenly.
constexpr double kNarrowLog = 50;

ParamDefaults exponent_defaults(const ParamRole& role, bool log_residual) {
  if (!log_residual) return {Scale::linear, kAnyNumber, {-4, 4}};
  ParamDefaults out{Scale::linear, kExponent, kExponentStarts};
  if (role.may_rise) {
    out.bounds.lower = -kExponent.upper;
    out.starts.lower = -kExponentStarts.upper;
  }
  if (role.divides_in_exponent) {
    out.bounds.lower = kSmallestDivisor;
    out.starts.lower = kSmallestDivisor;
  }
  return out;
}

}  // namespace

ParamDefaults param_defaults(const ParamRole& role, bool log_residual,
                             std::optional<Scale> wanted) {
  const bool is_positive = log_residual && !role.is_exponent && !role.may_rise;
  const Scale scale = wanted.value_or(is_positive ? Scale::log : Scale::linear);
  if (scale == Scale::log) return {scale, kPositive, kAnyLog};
  if (role.is_exponent) return exponent_defaults(role, log_residual);
  return {scale, kAnyNumber, kAnySize};
}

StartRange clipped(const StartRange& starts, const Bounds& bounds, Scale scale) {
  StartRange out = starts;
  Bounds box = bounds;
  if (starts.is_of_size && scale == Scale::linear) {
    const bool has_zero = bounds.lower <= 0 && bounds.upper >= 0;
    const auto [least, most] = std::minmax({std::fabs(bounds.lower), std::fabs(bounds.upper)});
    box = {has_zero ? 0 : least, most};
  }
  out.lower = std::max(starts.lower, box.lower);
  out.upper = std::min(starts.upper, box.upper);
  const bool is_narrow =
      starts.is_of_size && scale == Scale::log && out.upper - out.lower < kNarrowLog;
  if (out.lower <= out.upper && !is_narrow) return out;
  return {bounds.lower, bounds.upper, false};
}

std::vector<DefaultBox> default_boxes() {
  const auto text = [](const Bounds& box) { return fmt::format("{} .. {}", box.lower, box.upper); };
  return {{"exponent, the formula falls where it is positive", text(kExponent)},
          {"exponent, the formula may rise", text({-kExponent.upper, kExponent.upper})},
          {"exponent, another exponent divides by it", text({kSmallestDivisor, kExponent.upper})},
          {"any other, its sign is open", "any number"},
          {"any other", "0 and above"},
          {"all, with ``residual`` linear", "any number"}};
}

}  // namespace isoloss
