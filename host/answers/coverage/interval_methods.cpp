#include "host/answers/coverage/interval_methods.h"

#include "host/base/statistics.h"

namespace isoloss {
namespace {

// Student's t with so many degrees of freedom is the normal distribution.
constexpr int kManyDegrees = 10000;

Interval around(double value, double half) { return {value - half, value + half}; }

}  // namespace

std::string_view name_of(IntervalMethod method) {
  switch (method) {
    case IntervalMethod::percentile:
      return "percentile";
    case IntervalMethod::basic:
      return "basic";
    case IntervalMethod::normal:
      return "normal";
    case IntervalMethod::linearised:
      return "linearised";
    case IntervalMethod::profile:
      return "profile";
  }
  return "";
}

std::optional<Interval> interval_by(IntervalMethod method, const Estimate& own, double confidence) {
  if (!own.interval) return std::nullopt;
  switch (method) {
    case IntervalMethod::percentile:
      return own.interval;
    case IntervalMethod::basic:
      return Interval{2 * own.value - own.interval->upper, 2 * own.value - own.interval->lower};
    case IntervalMethod::normal:
      if (!own.standard_error) return std::nullopt;
      return around(own.value, student_t(confidence, kManyDegrees) * *own.standard_error);
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
