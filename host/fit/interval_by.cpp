#include "host/fit/interval_by.h"

#include <cmath>

#include "host/base/statistics.h"

namespace isoloss {
namespace {

Interval mirrored(double value, const Interval& of, bool is_log) {
  if (!is_log || !(value > 0) || !(of.lower > 0))
    return {2 * value - of.upper, 2 * value - of.lower};
  return {value / of.upper * value, value / of.lower * value};
}

}  // namespace

std::optional<Interval> interval_by(IntervalMethod method, const Estimate& own, double confidence,
                                    bool is_log) {
  if (!std::isfinite(own.value)) return std::nullopt;
  if (method == IntervalMethod::sandwich) return own.sandwich;
  if (method == IntervalMethod::jackknife) return own.jackknife;
  if (method == IntervalMethod::wild) return own.wild;
  if (method == IntervalMethod::calibrated) return own.calibrated;
  if (method == IntervalMethod::profile) return own.constrained_profile;
  if (!own.interval) return std::nullopt;
  switch (method) {
    case IntervalMethod::percentile:
      return own.interval;
    case IntervalMethod::basic:
      return mirrored(own.value, *own.interval, is_log);
    case IntervalMethod::normal:
      if (!own.standard_error) return std::nullopt;
      return interval_around(own.value,
                             normal_quantile(0.5 + 0.5 * confidence) * *own.standard_error, is_log);
    case IntervalMethod::bca:
      return own.bca;
    default:
      return std::nullopt;
  }
}

std::optional<Interval> interval_by(IntervalMethod method, const ParamEstimate& own,
                                    double confidence, bool is_log, int free_rows) {
  if (method == IntervalMethod::profile && own.profile) return own.profile;
  if (method != IntervalMethod::linearised)
    return interval_by(method, static_cast<const Estimate&>(own), confidence, is_log);
  if (!own.asymptotic_error) return std::nullopt;
  return interval_around(own.value, student_t(confidence, free_rows) * *own.asymptotic_error,
                         is_log);
}

}  // namespace isoloss
