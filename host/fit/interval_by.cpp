#include "host/fit/interval_by.h"

#include "host/base/statistics.h"

namespace isoloss {
namespace {

Interval around(double value, double half) { return {value - half, value + half}; }

}  // namespace

std::optional<Interval> interval_by(IntervalMethod method, const Estimate& own, double confidence) {
  if (method == IntervalMethod::sandwich) return own.sandwich;
  if (!own.interval) return std::nullopt;
  switch (method) {
    case IntervalMethod::percentile:
      return own.interval;
    case IntervalMethod::basic:
      return Interval{2 * own.value - own.interval->upper, 2 * own.value - own.interval->lower};
    case IntervalMethod::normal:
      if (!own.standard_error) return std::nullopt;
      return around(own.value, normal_quantile(0.5 + 0.5 * confidence) * *own.standard_error);
    case IntervalMethod::bca:
      return own.bca;
    default:
      return std::nullopt;
  }
}

std::optional<Interval> interval_by(IntervalMethod method, const ParamEstimate& own,
                                    double confidence, int free_rows) {
  if (method == IntervalMethod::profile) return own.profile;
  if (method != IntervalMethod::linearised)
    return interval_by(method, static_cast<const Estimate&>(own), confidence);
  if (!own.asymptotic_error) return std::nullopt;
  return around(own.value, student_t(confidence, free_rows) * *own.asymptotic_error);
}

}  // namespace isoloss
