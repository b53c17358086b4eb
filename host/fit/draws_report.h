// What the draws of a bootstrap say, as part of a fit.

#pragma once

#include <span>

#include "host/fit/draws.h"
#include "host/fit/refitter.h"
#include "host/fit/result.h"
#include "host/fit/searched_law.h"

namespace isoloss {

// The objective of a fit in the residual's own unit, over that of its search.
double objective_unit(const FitResult& result);

// Fills all of a result that is of draws, from fits that come in the order of the resamples.
class DrawsReport {
 public:
  // Of all result.options.num_resamples, in the coordinates that `moved` was searched in; what the
  // result holds of other draws is gone. problem: of the law itself. All must outlive it.
  DrawsReport(const Moved& moved, const Problem& problem, FitResult& result);

  // The fits of the next resamples.
  void take(std::span<const PolishedFit> fits);
  // Behind the last: whether intervals are withheld. The status of the fit is known.
  void finish(const Draws& pilot, const Units& units);

 private:
  const Moved& moved_;
  const Problem& problem_;
  FitResult& result_;
  const double unit_;
  std::size_t num_taken_ = 0;
};

}  // namespace isoloss
