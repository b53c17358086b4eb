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
};

}  // namespace isoloss
