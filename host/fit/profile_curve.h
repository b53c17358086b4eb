// The profile of a least-squares fit as a curve: what the sum of squares rises to as a parameter is
// moved and the others follow. Where it reaches a level, the interval of host/fit/profile.h ends.

#pragma once

#include <vector>

#include "host/fit/result.h"
#include "host/reading/run_table.h"

namespace isoloss {

struct ProfileCurve {
  int param = 0;
  double level = 0;           // t^2, in the unit of the rise
  std::vector<double> value;  // of the parameter as it is shown, ascending
  std::vector<double> rise;   // (S(v) - S_min) / (S_min / (n - p)); 0 at the estimate
};

// One a parameter that has an interval of this kind with a finite end; nothing for other fits.
//
//   cost  some 30 constrained fits a parameter
std::vector<ProfileCurve> profile_curves(const RunTable& runs, const FitResult& fit);

}  // namespace isoloss
