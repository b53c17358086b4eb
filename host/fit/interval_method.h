// Ways to an interval, by name.

#pragma once

#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace isoloss {

enum class IntervalMethod {
  percentile,  // of the bootstrap: what reports print
  basic,       // the same mirrored at the estimate (Davison & Hinkley 1997, section 5.2)
  normal,      // the estimate and the bootstrap's standard error
  bca,         // percentiles corrected for bias and skewness: host/base/statistics.h
  linearised,  // the textbook one: host/fit/asymptotic.h
  sandwich,    // the same for errors of unequal variance: host/fit/unit_influence.h
  jackknife,   // refits without each run or row: host/fit/unit_jackknife.h
  wild,        // the sandwich, with a bootstrap's quantiles of its t: host/fit/wild_bootstrap.h
  profile,     // by constrained refits: host/fit/profile.h, host/fit/constrained_profile.h
  calibrated,  // percentiles at levels that simulated sets ask for:
               // host/answers/coverage/calibrate.h
};
inline constexpr IntervalMethod kIntervalMethods[] = {
    IntervalMethod::percentile, IntervalMethod::basic,      IntervalMethod::normal,
    IntervalMethod::bca,        IntervalMethod::linearised, IntervalMethod::sandwich,
    IntervalMethod::jackknife,  IntervalMethod::wild,       IntervalMethod::profile,
    IntervalMethod::calibrated};

std::string_view name_of(IntervalMethod method);

// What it is made of, behind "needs".
std::string_view needs_of(IntervalMethod method);

// Empty for another name.
std::optional<IntervalMethod> interval_method_called(std::string_view name);

// All names, in their order.
std::vector<std::string> interval_method_names();

}  // namespace isoloss
