// Warnings that are about the breaks of a broken power.

#include "host/base/warnings.h"
#include "host/fit/fit_warnings.h"
#include "host/fit/merged_breaks.h"

namespace isoloss {

void add_break_warnings(FitResult& result) {
  if (!result.law->breaks) return;
  const Breaks& breaks = *result.law->breaks;
  for (int i = 0; i < breaks.num; ++i) {
    for (int j = i + 1; j < breaks.num; ++j) {
      if (!breaks_merge(result.theta, breaks, i, j)) continue;
      result.warnings.push_back(
          warning<"breaks_merge">(i + 1, j + 1, breaks.num - 1, breaks.num == 2 ? "" : "s"));
    }
  }
}

}  // namespace isoloss
