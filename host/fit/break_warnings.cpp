// Warnings that are about the breaks of a broken power.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "fits/math.h"
#include "host/fit/fit_warnings.h"

namespace isoloss {
namespace {

// Breaks closer than so many of their widths together, whose slopes cancel but for a share of the
// lesser, are one break and its derivatives by place and width.
constexpr double kMergedDistance = 0.7;
constexpr double kCancelled = 2;

bool merge(const Theta& theta, const Breaks& breaks, int i, int j) {
  const auto get = [&](int k) { return theta[static_cast<std::size_t>(k)]; };
  const double c_i = get(breaks.slope(i));
  const double c_j = get(breaks.slope(j));
  const double width = isoloss::exp(get(breaks.width(i))) + isoloss::exp(get(breaks.width(j)));
  return c_i * c_j < 0 &&
         std::fabs(get(breaks.place(i)) - get(breaks.place(j))) < kMergedDistance * width &&
         std::min(std::fabs(c_i), std::fabs(c_j)) > kCancelled * std::fabs(c_i + c_j);
}

}  // namespace

void add_break_warnings(FitResult& result) {
  if (!result.law->breaks) return;
  const Breaks& breaks = *result.law->breaks;
  for (int i = 0; i < breaks.num; ++i) {
    for (int j = i + 1; j < breaks.num; ++j) {
      if (!merge(result.theta, breaks, i, j)) continue;
      result.warnings.push_back(
          {"breaks_merge",
           fmt::format("breaks {0} and {1} merge: only the sum of their slopes and their common "
                       "place and width are determined; the runs show {2} break{3}, so fit a law "
                       "with as many",
                       i + 1, j + 1, breaks.num - 1, breaks.num == 2 ? "" : "s")});
    }
  }
}

}  // namespace isoloss
