// The exact minimum of a piecewise quadratic along a line.
//
// The slope along the line is piecewise linear, with two breakpoints a run: where its residual
// enters the quadratic zone of Huber's loss and where it leaves. Brackets and medians find the root
// without sorting (Madsen & Nielsen 1993, SIAM J. Optim. 3(2):223).

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
  double delta;
  double linear;
  double curvature;

  double slope(double t) const {
    const double sum = sum_over_rows(num_padded, [&](int i) {
      return weight[i] * rate[i] * clamped(residual[i] + t * rate[i], delta);
    });
    return sum + linear + t * curvature;
  }
};

namespace detail {

inline double median_of_three(double a, double b, double c) {
  return std::max(std::min(a, b), std::min(std::max(a, b), c));
}

// The breakpoints inside (lower, upper).
inline int breaks_between(const KinkLine& line, double lower, double upper, KinkBreak* out) {
  int num = 0;
  for (int i = 0; i < line.num_padded; ++i) {
    // Few runs meet a kink on the way, and only they need a division.
    const double rate = line.rate[i];
    const double first = line.residual[i] + lower * rate;
    const double last = line.residual[i] + upper * rate;
    const bool stays_inside = std::fabs(first) < line.delta && std::fabs(last) < line.delta;
    const bool stays_above = first > line.delta && last > line.delta;
    const bool stays_below = first < -line.delta && last < -line.delta;
    if (stays_inside || stays_above || stays_below || rate == 0 || line.weight[i] == 0) continue;
    const double change = line.weight[i] * rate * rate;
    const double enters = ((rate > 0 ? -line.delta : line.delta) - line.residual[i]) / rate;
    const double leaves = ((rate > 0 ? line.delta : -line.delta) - line.residual[i]) / rate;
    if (enters > lower && enters < upper) out[num++] = {enters, change};
    if (leaves > lower && leaves < upper) out[num++] = {leaves, -change};
  }
  return num;
}

// A stretch of the line with a slope below zero at its beginning and not below at its end.
struct KinkBracket {
  double lower, upper;
  double slope_lower, slope_upper;

  double root() const {
    const double share = slope_lower / (slope_lower - slope_upper);
    return lower + share * (upper - lower);
  }
};

// Narrows a bracket of a line that is convex until no breakpoint is left inside.
inline double root_between(const KinkLine& line, KinkBracket bracket, KinkBreak* room) {
  int num = breaks_between(line, bracket.lower, bracket.upper, room);
  while (num > 0) {
    const double pivot = median_of_three(room[0].at, room[num / 2].at, room[num - 1].at);
    const double slope = line.slope(pivot);
    if (slope == 0) return pivot;
    (slope < 0 ? bracket.lower : bracket.upper) = pivot;
    (slope < 0 ? bracket.slope_lower : bracket.slope_upper) = slope;
    int kept = 0;
    for (int j = 0; j < num; ++j)
      if (room[j].at > bracket.lower && room[j].at < bracket.upper) room[kept++] = room[j];
    num = kept;
  }
  return bracket.root();
}

inline double least_of_convex(const KinkLine& line, double slope_0, double most, KinkBreak* room) {
  constexpr double kStep = 8;
  constexpr double kShortest = 1e-20;
  const double whole = std::min(1.0, most);
  const double slope_1 = line.slope(whole);
  if (std::fabs(slope_1) <= 1e-13 * -slope_0) return whole;
  KinkBracket bracket{0, whole, slope_0, slope_1};
  if (slope_1 < 0) {
    while (bracket.slope_upper < 0) {
      if (bracket.upper == most) return most;
      bracket.lower = bracket.upper;
      bracket.slope_lower = bracket.slope_upper;
      bracket.upper = std::min(kStep * bracket.upper, most);
      bracket.slope_upper = line.slope(bracket.upper);
    }
    return root_between(line, bracket, room);
  }
  for (double t = whole / kStep; t > kShortest; t /= kStep) {
    const double slope = line.slope(t);
    (slope < 0 ? bracket.lower : bracket.upper) = t;
    (slope < 0 ? bracket.slope_lower : bracket.slope_upper) = slope;
    if (slope < 0) break;
  }
  return root_between(line, bracket, room);
}

// The first local minimum of a line that is not convex: its breakpoints in order.
inline double first_minimum(const KinkLine& line, double slope_0, double most, KinkBreak* room) {
  const int num = breaks_between(line, 0, most, room);
  std::sort(room, room + num, [](const KinkBreak& a, const KinkBreak& b) {
    return a.at < b.at || (a.at == b.at && a.change < b.change);
  });
  double rate = line.curvature + sum_over_rows(line.num_padded, [&](int i) {
                  const double v = line.rate[i];
                  const double r = v < 0 ? -line.residual[i] : line.residual[i];
                  return r >= -line.delta && r < line.delta ? line.weight[i] * v * v : 0;
                });
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
//   room  2 num_padded entries
//   cost  some 5 to 15 sums over the runs
inline double least_along(const KinkLine& line, double most, KinkBreak* room) {
  const double slope_0 = line.slope(0);
  if (!(slope_0 < 0) || !(most > 0)) return 0;
  return line.curvature < 0 ? detail::first_minimum(line, slope_0, most, room)
                            : detail::least_of_convex(line, slope_0, most, room);
}

}  // namespace isoloss
