// How far the answer moves without each row, each size, each run and each file: which of them
// decide it.

#pragma once

#include <cmath>
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "host/answers/asked_quantities.h"
#include "host/answers/fitted_law.h"
#include "host/answers/influence/left_out.h"

namespace isoloss {

struct InfluenceQuestion {
  std::vector<LeaveOut> each;  // empty: all that the runs have
};

// One quantity without some rows.
struct MovedQuantity {
  double value = 0;  // NaN where the rest gives none
  // How far it moved, over the distance from the estimate to the end of its interval on that side:
  // beyond 1 it is outside. NaN without an interval; infinite where the rest gives no value.
  double times = 0;
  // The other way round: how far the estimate of all lies from that of the rest, by the interval of
  // the rest. Where one row decides, a third of the resamples of all lack it, and their interval
  // reaches as far as the rest. NaN but of the groups that move the answer most.
  double times_of_rest = NAN;

  // The larger of them.
  double farthest() const { return std::fmax(times, times_of_rest); }
};

// The exact fit to the rest.
struct Without {
  RowGroup group;
  std::string failure;  // why there is no fit; else empty
  Status status = Status::converged;
  std::vector<MovedQuantity> moved;  // one a quantity of Influence
  std::size_t most = 0;              // the quantity that moved most

  double times() const { return moved[most].farthest(); }
};

struct Influence {
  InfluenceQuestion question;
  std::shared_ptr<const FittedRuns> made;  // the fit to all runs
  std::vector<AskedQuantity> quantities;   // of it
  std::vector<Without> without;            // those that move the answer most first
  std::vector<Warning> warnings;           // of the fit, then those that decide it

  // Of the fit to all runs.
  Outcome outcome() const { return outcome_of(made->fit.status); }
};

// So many groups are fitted with a bootstrap of their own.
inline constexpr std::size_t kMostJudged = 10;

// Fits options.law to all runs with its bootstrap, then to all but each group: without one, and the
// groups that move the answer most with one.
//
//   options  compute: the budgets at which optima are asked, as of a fit
//   throws   InputError as fit() does, and for what is to be left out and is not there;
//   DeviceError;
//            Interrupted
//   cost     eleven fits with their bootstraps and one without for each group, which share the
//            threads: 2 s for 245 runs of 40 sizes on two cores
//   source   Cook & Weisberg 1982, "Residuals and influence in regression", chapter 3
Influence influence(const RunSource& source, const InfluenceQuestion& question = {},
                    const FitOptions& options = {});

// The same of a fit that is made, and of some groups: without warnings.
//
//   law     as it was before that fit, which may have moved its bounds
//   throws  InputError and DeviceError as fit() does, Interrupted
Influence without_groups(std::shared_ptr<const FittedRuns> made,
                         std::shared_ptr<const LawEntry> law, std::vector<RowGroup> groups,
                         const FitOptions& options);

}  // namespace isoloss
