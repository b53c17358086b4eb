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
#include "host/search/problem.h"

namespace isoloss {

class ConstrainedProfiles {
 public:
  // Resamples that tell a level.
  static constexpr int kMostResamples = 1000;
  static constexpr int kFewestResamples = 99;

  // Nothing of a fit that is not proved, or that goes through its runs; where no table has the
  // level, nothing of fewer resamples than kFewestResamples. All must outlive it.
  //
  //   problem   of the law itself, result.law
  //   searched  the options in the unit of the law: in_unit_of()
  static std::unique_ptr<const ConstrainedProfiles> of(const Problem& problem, const Units& units,
                                                       const FitOptions& searched,
                                                       const FitResult& result);

  // The interval of a quantity of parameters in plain units; on a log scale if by_ratio. An end
  // that the runs do not set is infinite, or 0 of what is above zero. Nothing where the quantity
  // cannot be held, where a refit is not proved, and where one is lower than the fit.
  //
  //   cost  some 20 constrained refits, and one a resample where the level is the bootstrap's
  std::optional<Interval> interval(const std::function<double(const Theta&)>& quantity,
                                   bool by_ratio) const;

  // Whether one of them came by something lower than the fit.
  bool met_lower() const { return met_lower_; }

 private:
  ConstrainedProfiles(const Problem& problem, const Units& units, const FitOptions& searched,
                      const FitResult& result);

  // Above the fit's objective, in the problem's unit.
  std::optional<double> level_of(HeldQuantity& held) const;
  std::optional<double> bootstrapped_level(HeldQuantity& held) const;
  std::vector<double> rises_of(int first, int end, const HeldQuantity& held) const;
  double rise_of(int resample, const HeldQuantity& held, WeightedRuns& runs) const;

  const Problem& problem_;
  const Units& units_;
  const FitOptions& searched_;
  const FitResult& result_;
  double least_ = 0;
  std::optional<double> known_level_;
  mutable std::atomic<bool> met_lower_ = false;
};

}  // namespace isoloss
