// The exact minimum of a piecewise quadratic along a line.
//
// The slope along the line is piecewise linear, with two breakpoints a run: where its residual
// enters the quadratic zone of Huber's loss and where it leaves; and a third where a residual above
// zero counts more than one below. Medians find the root without sorting (Madsen & Nielsen 1993,
// SIAM J. Optim. 3(2):223).

#pragma once

#include <algorithm>
#include <cmath>

#include "fits/kinks/rows.h"

namespace isoloss {

// A breakpoint of the slope, and by how much its rate changes there.
struct KinkBreak {
  double at;
  double change;
};

// q(t) = sum of weight rho(residual + t rate) + linear t + curvature t^2 / 2.
struct KinkLine {
  const double* residual;  // num_padded, as the next two
  const double* rate;
  const double* weight;
  int num_padded;
  KinkZone zone;
  double linear;
  double curvature;

  double slope(double t) const {
    const double sum = sum_over_rows(num_padded, [&](int i) {
      return weight[i] * rate[i] * zone.slope(residual[i] + t * rate[i]);
    });
    return sum + linear + t * curvature;
  }
};

namespace detail {

inline double median_of_three(double a, double b, double c) {
  return std::max(std::min(a, b), std::min(std::max(a, b), c));
}

// The loops below have no branches that a processor could not foresee: most of the time of a finish
// is theirs.

// The breakpoints inside (lower, upper).
inline int breaks_between(const KinkLine& line, double lower, double upper, KinkBreak* out) {
  const bool is_lopsided = line.zone.over != 1;
  int num = 0;
  for (int i = 0; i < line.num_padded; ++i) {
    const double rate = line.rate[i];
    const double change = line.weight[i] * rate * rate;
    const double inverse = 1 / rate;
    const double half = line.zone.delta * std::fabs(inverse);
    const double middle = -line.residual[i] * inverse;
    const bool counts = change > 0;
    const double before = rate < 0 ? change * line.zone.over : change;
    const double after = rate < 0 ? change : change * line.zone.over;
    out[num] = {middle - half, before};
    num += counts & (middle - half > lower) & (middle - half < upper);
    out[num] = {middle, after - before};
    num += counts & is_lopsided & (middle > lower) & (middle < upper);
    out[num] = {middle + half, -after};
    num += counts & (middle + half > lower) & (middle + half < upper);
  }
  return num;
}

// By how much the slope rises a unit of t, just after t.
inline double rate_after(const KinkLine& line, double t) {
  return line.curvature + sum_over_rows(line.num_padded, [&](int i) {
           const double v = line.rate[i];
           const double moved = line.residual[i] + t * v;
           const double r = v < 0 ? -moved : moved;
           const double own = line.weight[i] * v * v;
           const bool is_over = v < 0 ? r < 0 : r >= 0;
           const double counted = is_over ? own * line.zone.over : own;
           return ((r >= -line.zone.delta) & (r < line.zone.delta)) ? counted : 0;
         });
}

// A point of a convex line: its slope there, and how it rises from there on.
struct KinkSlope {
  double at;
  double slope;
  double rate;
};

// The same further on, by the breakpoints on the way.
inline KinkSlope beyond(const KinkSlope& from, double at, const KinkBreak* breaks, int num) {
  KinkSlope out{at, from.slope + from.rate * (at - from.at), from.rate};
  for (int j = 0; j < num; ++j) {
    const double past = at - breaks[j].at;
    const double change = past >= 0 ? breaks[j].change : 0;
    out.slope += change * past;
    out.rate += change;
  }
  return out;
}

// Keeps the breakpoints on one side of a pivot, which itself goes.
inline int kept_breaks(KinkBreak* breaks, int num, double pivot, bool above) {
  const double sign = above ? 1 : -1;
  int kept = 0;
  for (int j = 0; j < num; ++j) {
    const KinkBreak own = breaks[j];
    breaks[kept] = own;
    kept += sign * (own.at - pivot) > 0;
  }
  return kept;
}

// Where the slope of a convex line reaches zero in (lower, upper], from below zero at `lower`: the
// breakpoints between are halved by the median of three.
inline double root_between(const KinkLine& line, double lower, double slope, double upper,
                           KinkBreak* room) {
  KinkSlope from{lower, slope, rate_after(line, lower)};
  int num = breaks_between(line, lower, upper, room);
  while (num > 0) {
    const double pivot = median_of_three(room[0].at, room[num / 2].at, room[num - 1].at);
    const KinkSlope there = beyond(from, pivot, room, num);
    const bool is_below = there.slope < 0;
    num = kept_breaks(room, num, pivot, is_below);
    if (is_below)
      from = there;
    else
      upper = pivot;
  }
  const double root = from.at - from.slope / from.rate;
  return from.rate > 0 && root < upper ? root : upper;
}

inline double least_of_convex(const KinkLine& line, double slope_0, double most, KinkBreak* room) {
  const double whole = std::min(1.0, most);
  const double slope_1 = line.slope(whole);
  if (std::fabs(slope_1) <= 1e-13 * -slope_0) return whole;
  if (slope_1 > 0) return root_between(line, 0, slope_0, whole, room);
  return whole < most ? root_between(line, whole, slope_1, most, room) : most;
}

// The first local minimum of a line that is not convex: its breakpoints in order.
inline double first_minimum(const KinkLine& line, double slope_0, double most, KinkBreak* room) {
  const int num = breaks_between(line, 0, most, room);
  std::sort(room, room + num, [](const KinkBreak& a, const KinkBreak& b) {
    return a.at < b.at || (a.at == b.at && a.change < b.change);
  });
  double rate = rate_after(line, 0);
  double at = 0;
  double slope = slope_0;
  for (int j = 0; j <= num; ++j) {
    const double next = j < num ? room[j].at : most;
    if (slope + rate * (next - at) >= 0 && rate > 0) return std::min(at - slope / rate, next);
    slope += rate * (next - at);
    at = next;
    if (j < num) rate += room[j].change;
  }
  return most;
}

}  // namespace detail

// The t in [0, most] at which q is least; the first local minimum where the curvature is negative.
// 0 if q does not fall at 0.
//
//   room  3 num_padded entries
//   cost  some five passes over the runs
inline double least_along(const KinkLine& line, double most, KinkBreak* room) {
  const double slope_0 = line.slope(0);
  if (!(slope_0 < 0) || !(most > 0)) return 0;
  return line.curvature < 0 ? detail::first_minimum(line, slope_0, most, room)
                            : detail::least_of_convex(line, slope_0, most, room);
}

}  // namespace isoloss
