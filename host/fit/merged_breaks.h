// Breaks of a broken power that are one break.

#pragma once

#include <algorithm>
#include <cmath>

#include "fits/math.h"
#include "host/laws/law_entry.h"

namespace isoloss {

// Breaks closer than so many of their widths together, whose slopes cancel but for a share of the
// lesser, are one break and its derivatives by place and width.
inline constexpr double kMergedDistance = 0.7;
inline constexpr double kCancelled = 2;

// Of breaks i and j at theta, in search or plain coordinates.
inline bool breaks_merge(const Theta& theta, const Breaks& breaks, int i, int j) {
  const auto get = [&](int k) { return theta[static_cast<std::size_t>(k)]; };
  const double c_i = get(breaks.slope(i));
  const double c_j = get(breaks.slope(j));
  const double width = isoloss::exp(get(breaks.width(i))) + isoloss::exp(get(breaks.width(j)));
  return c_i * c_j < 0 &&
         std::fabs(get(breaks.place(i)) - get(breaks.place(j))) < kMergedDistance * width &&
         std::min(std::fabs(c_i), std::fabs(c_j)) > kCancelled * std::fabs(c_i + c_j);
}

}  // namespace isoloss
