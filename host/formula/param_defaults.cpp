#include "host/formula/param_defaults.h"

#include <algorithm>
#include <cmath>

#include "host/formula/overrides.h"

namespace isoloss {
namespace {

constexpr Bounds kExponent{0, 3};
constexpr double kSmallestDivisor = 0.005;  // as alpha_D of fits/laws/kaplan.h
constexpr StartRange kExponentStarts{0, 2};
constexpr Bounds kAnyNumber{-kUnbounded, kUnbounded};
// Boxes and starts of theta as in fits/laws/chinchilla.h and kaplan.h.
constexpr Bounds kCoefficient{-40, 90};
constexpr StartRange kCoefficientStarts{0, 25};
constexpr Bounds kPositive{-60, 140};
constexpr StartRange kPositiveStarts{-20, 50};
// Data of regressions come in units of their own: a parameter may be of any size.
constexpr StartRange kAnySize{1e-8, 1e6, true};

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

ParamDefaults param_defaults(const ParamRole& role, bool is_coefficient, bool log_residual,
                             std::optional<Scale> wanted) {
  const bool is_positive = log_residual && !role.is_exponent && !role.may_rise;
  const Scale scale = wanted.value_or(is_positive ? Scale::log : Scale::linear);
  if (scale == Scale::log && is_coefficient) return {scale, kCoefficient, kCoefficientStarts};
  if (scale == Scale::log) return {scale, kPositive, kPositiveStarts};
  if (role.is_exponent) return exponent_defaults(role, log_residual);
  return {scale, kAnyNumber, kAnySize};
}

StartRange clipped(const StartRange& starts, const Bounds& bounds) {
  StartRange out = starts;
  Bounds box = bounds;
  if (starts.is_of_size) {
    const bool has_zero = bounds.lower <= 0 && bounds.upper >= 0;
    const auto [least, most] = std::minmax({std::fabs(bounds.lower), std::fabs(bounds.upper)});
    box = {has_zero ? 0 : least, most};
  }
  out.lower = std::max(starts.lower, box.lower);
  out.upper = std::min(starts.upper, box.upper);
  if (out.lower <= out.upper) return out;
  return {bounds.lower, bounds.upper, false};
}

}  // namespace isoloss
