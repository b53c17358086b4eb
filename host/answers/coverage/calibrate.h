// Percentile intervals of a fit at levels that hold the truth as often as they promise: sets of
// runs are simulated at the fit, with its own residuals, each is fitted with a bootstrap, and it is
// looked up where among the draws the fit's own value lies. The levels are the quantiles of those
// places.
//
//   source  Beran 1987, "Prepivoting to reduce level error of confidence sets", Biometrika 74:457;
//           Davison & Hinkley 1997, section 5.6

#pragma once

#include "host/answers/fitted_law.h"

namespace isoloss {

inline constexpr int kFewestCalibrationSets = 100;

// Fills made.fit.calibration and the calibrated interval of every quantity of which 9 in 10 sets
// give an interval; nothing of a fit whose intervals are withheld. Noise is that of whole runs
// where those are resampled, else of rows, as wide as the weights say.
//
//   made      with a bootstrap
//   num_sets  at least kFewestCalibrationSets; the sets share the threads, and the digits do not
//             depend on how many there are
//   throws    DeviceError; Interrupted
//   cost      a fit with 999 resamples a set: some 50 ms on a slow core for 240 runs of the law
//             chinchilla, far more for absolute residuals or a dozen rows
void calibrate(FittedRuns& made, int num_sets);

}  // namespace isoloss
