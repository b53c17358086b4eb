// Ways to an interval from one fit.

#pragma once

#include <optional>
#include <string_view>

#include "host/fit/result.h"

namespace isoloss {

enum class IntervalMethod {
  percentile,  // of the bootstrap: what reports print
  basic,       // the same mirrored at the estimate (Davison & Hinkley 1997, section 5.2)
  normal,      // the estimate and the bootstrap's standard error
  linearised,  // the textbook one: host/fit/asymptotic.h
  profile,     // host/fit/profile.h
};
inline constexpr IntervalMethod kIntervalMethods[] = {
    IntervalMethod::percentile, IntervalMethod::basic, IntervalMethod::normal,
    IntervalMethod::linearised, IntervalMethod::profile};

std::string_view name_of(IntervalMethod method);

// The interval of a parameter, or of what follows from the parameters; nothing where the fit does
// not give what it is made of.
//
//   free_rows  rows less free parameters, at least 1: the degrees of freedom of Student's t
std::optional<Interval> interval_by(IntervalMethod method, const Estimate& own, double confidence);
std::optional<Interval> interval_by(IntervalMethod method, const ParamEstimate& own,
                                    double confidence, int free_rows);

}  // namespace isoloss
