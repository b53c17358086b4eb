// A number with its interval.

#pragma once

#include <optional>

namespace isoloss {

struct Interval {
  double lower = 0;
  double upper = 0;
};
// As host/base/records.h has it.
void fields(auto& visit, Interval& of) { visit(of.lower, of.upper); }

// A quantity with its bootstrap interval; standard_error and interval are absent without draws.
struct Estimate {
  double value = 0;
  std::optional<double> standard_error;
  std::optional<Interval> interval;
  // By other methods, where they were asked for: host/fit/interval_method.h.
  std::optional<Interval> bca = {};
  std::optional<Interval> sandwich = {};
  std::optional<Interval> jackknife = {};
  std::optional<Interval> wild = {};
  std::optional<Interval> constrained_profile = {};
  std::optional<Interval> calibrated = {};
  // Share of the draws below the truth, where it is known: host/answers/coverage/set_fits.h.
  std::optional<double> truth_place = {};
};

}  // namespace isoloss
