// Profile intervals of whatever follows from a fit, by constrained refits.
//
// A value of a quantity is inside the interval if the least objective that can be had where the
// quantity has it is no further above the fit's than a level. Of least squares and independent rows
// that is what host/fit/profile.h has, t^2 S_min / (n - p) / 2. Of another loss, or of rows that go
// together by runs, no table knows it: it is the quantile, over resamples of the bootstrap, of how
// far the least objective where the quantity is the fit's lies above the resample's own. That is
// the bootstrap of the likelihood ratio, as Owen 1988 (Biometrika 75:237) proposes it for empirical
// likelihood; of M-estimators the ratio is the tau test of Hampel, Ronchetti, Rousseeuw & Stahel
// 1986, "Robust statistics", chapter 7, whose level the noise's density decides.

#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "host/fit/held_quantity.h"
#include "host/fit/refitter.h"
#include "host/fit/result.h"
#include "host/search/resampled_runs.h"

namespace isoloss {

class ConstrainedProfiles {
 public:
  // That tell a level, the first ones.
  static constexpr int kMostResamples = 1000;

  // Nothing of a fit that is not proved, or that goes through its runs. Where no table has the
  // level, nothing without a bootstrap and of a fit at a bound, where that bootstrap is wrong
  // (Andrews 2000, Econometrica 68:399). All must outlive it.
  //
  //   problem   of the law itself, result.law
  //   searched  the options in the unit of the law: in_unit_of()
  static std::unique_ptr<const ConstrainedProfiles> of(const Problem& problem, const Units& units,
                                                       const FitOptions& searched,
                                                       const FitResult& result);

  // The interval of a quantity of parameters in plain units; on a log scale if by_ratio. An end
  // that the runs do not set is infinite, or 0 of what is above zero. Nothing where the quantity
  // cannot be held, where an end's refit is not proved, and where one is lower than the fit; where
  // the level is the bootstrap's, nothing if a tenth of the resamples have no proved refit, or if
  // they are too few for the quantile: at 95 % fewer than 19, at 99 % fewer than 99.
  //
  //   cost  some 20 constrained refits, and one a resample where the level is the bootstrap's
  std::optional<Interval> interval(const std::function<double(const Theta&)>& quantity,
                                   bool by_ratio) const;

  // Whether one of them came by something lower than the fit.
  bool met_lower() const { return met_lower_; }

 private:
  ConstrainedProfiles(const Problem& problem, const Units& units, const FitOptions& searched,
                      const FitResult& result);

  // The same quantity, held by one parameter or another: where one is at its end the next goes on.
  using Ways = std::vector<HeldQuantity>;

  void find_reach();
  Ways ways_to_hold(const std::function<double(const Theta&)>& quantity, bool by_ratio) const;
  // Above the fit's objective, in the problem's unit.
  std::optional<double> level_of(Ways& ways) const;
  std::optional<double> bootstrapped_level(Ways& ways) const;
  std::vector<double> rises_of(int first, int end, const Ways& ways) const;
  double rise_of(int resample, const Ways& ways, ResampledRuns& runs) const;
  std::optional<double> end_of(double direction, double level, Ways& ways) const;

  const Problem& problem_;
  const Units& units_;
  const FitOptions& searched_;
  const FitResult& result_;
  const double least_;
  Theta reach_{};  // of each parameter alone, till the linearised objective doubles
  std::optional<double> known_level_;
  mutable std::atomic<bool> met_lower_ = false;
};

}  // namespace isoloss
