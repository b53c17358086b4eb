// Every way from one fit to an interval.

#pragma once

#include <optional>

#include "host/fit/interval_method.h"
#include "host/fit/result.h"

namespace isoloss {

// The interval of a parameter, or of what follows from the parameters; nothing where the fit does
// not give what it is made of. bca, sandwich, jackknife, wild and, but for parameters under least
// squares, profile are there if FitOptions::intervals asked for them.
//
//   is_log     a quantity above zero: basic, normal and linearised intervals are of its log
//   free_rows  rows less free parameters, at least 1: the degrees of freedom of Student's t
std::optional<Interval> interval_by(IntervalMethod method, const Estimate& own, double confidence,
                                    bool is_log);
std::optional<Interval> interval_by(IntervalMethod method, const ParamEstimate& own,
                                    double confidence, bool is_log, int free_rows);

}  // namespace isoloss
