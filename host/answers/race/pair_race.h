// Two models of different size at equal budgets.

#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "host/answers/race/fitted_curve.h"
#include "host/base/estimate.h"

namespace isoloss {

// Fitted laws are looked at up to so many times the last budget that both curves have.
inline constexpr double kHorizon = 100;

// The loss of the smaller model less that of the larger, of smooth curves: below 0 the smaller is
// ahead.
struct Gap {
  double budget = 0;
  Estimate loss;
};

// Who is ahead up to the end of the common budgets, by the intervals of the gap at each.
enum class Late { smaller, larger, open };
const char* late_name(Late late);  // "smaller", "larger", "open"

// A crossing, with the share of the resamples that have one; its interval is over those.
struct CrossingEstimate {
  std::optional<Estimate> budget;  // absent: the estimates themselves do not cross
  double share = 0;
};

struct PairRace {
  std::size_t smaller = 0, larger = 0;           // numbers of curves
  double from = 0, to = 0;                       // the budgets that both have
  double smaller_tokens = 0, larger_tokens = 0;  // what `to` pays for
  int num_crossings = 0;                         // of the smooth curves within from .. to
  CrossingEstimate last_crossing;                // the last of them
  Gap half, end;                                 // at to / 2, if that is there, and at to
  std::vector<Gap> gaps;                         // at given budgets within from .. to
  Late late = Late::open;                        // at `to`, and since when
  double late_since = 0;                         // a budget; `from` if throughout
  Late before = Late::open;                      // up to late_since, if that is not `from`
  double law_gap = 0;             // of the laws at `to`: its sign may not be that of `end`
  CrossingEstimate law_crossing;  // the first of the laws within to .. kHorizon to
};

// Budgets that both curves have; nothing if there are none.
std::optional<Interval> common_budgets(const Curve& a, const Curve& b, Budget by);

// Races two curves that have common budgets.
//
//   curves   smaller and larger are numbers of them
//   budgets  where the gap is wanted besides; those that not both have are left out
//   cost     a few hundred places times the resamples
PairRace race_pair(const std::vector<FittedCurve>& curves, std::size_t smaller, std::size_t larger,
                   Budget by, const std::vector<double>& budgets, const RaceOptions& options);

// The loss of a curve's smooth curve at a budget, with its interval.
Estimate smooth_loss(const FittedCurve& curve, Budget by, double budget,
                     const RaceOptions& options);

// The loss of curve a less that of curve b, of smooth curves at a budget.
Estimate smooth_gap(const FittedCurve& a, const FittedCurve& b, Budget by, double budget,
                    const RaceOptions& options);

}  // namespace isoloss
