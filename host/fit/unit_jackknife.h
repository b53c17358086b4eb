// Refits without each unit of the bootstrap, a run or a row, in turn: the jackknife.
//
// Its variance, (G - 1) / G times the sum of squares of how far each refit is from the estimate, is
// CR3 of the cluster-robust ones, which holds best of them where runs are few or unlike each other
// (MacKinnon, Nielsen & Webb 2023, Journal of Econometrics 232:272, section 3; for rows HC3 of
// MacKinnon & White 1985, Journal of Econometrics 29:305, but for its factor). It is of estimates
// that move smoothly with the runs: of a median it tells nothing (Efron 1979, Annals of Statistics
// 7:1, section 3), nor of a Huber loss with few rows within delta.

#pragma once

#include <functional>
#include <optional>

#include "host/fit/refitter.h"
#include "host/fit/result.h"
#include "host/fit/searched_law.h"

namespace isoloss {

class UnitJackknife {
 public:
  // Nothing of a loss that is not curved, of fewer than 5 runs, of more than Units::kMostOneByOne
  // units, of no more units than free parameters, and where a refit is not proved.
  //
  //   moved    what the fit was searched in; best: the fit there
  //   problem  of the law itself, result.law
  //   cost     a refit from the fit's own optimum a unit, some 6 passes over the runs
  static std::optional<UnitJackknife> of(const Moved& moved, const PolishedFit& best,
                                         const Problem& problem, const Units& units,
                                         const FitOptions& searched, const FitResult& result);

  // The interval of a quantity of parameters in plain units, by Student's t; of its log if is_log.
  // Nothing where it is no number in a refit.
  std::optional<Interval> interval(const std::function<double(const Theta&)>& quantity, bool is_log,
                                   double confidence) const;

 private:
  UnitJackknife() = default;

  Theta at_{};
  ThetaRows without_;  // plain units, one a unit
  int degrees_of_freedom_ = 1;
};

}  // namespace isoloss
