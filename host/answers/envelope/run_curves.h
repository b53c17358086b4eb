// The smoothed loss of training runs along their compute.

#pragma once

#include <string>
#include <vector>

#include "host/answers/race/smooth.h"
#include "host/reading/run_table.h"

namespace isoloss {

struct RunCurve {
  std::string run;
  double params = 0;
  double tokens_a_flop = 0;  // of the run as a whole
  double last_log_C = 0;     // the end of the run
  SampledCurve loss;         // by log C

  bool reaches(double log_C) const;
};

// One a run, in the order of the file.
//
//   half_width  of the local lines, in log C
//   throws      InputError for runs without names, of several sizes or of fewer than 5 rows, and
//               for fewer than three sizes
//   cost        a sort, and a local line at each of some hundred places a run
std::vector<RunCurve> run_curves(const RunTable& runs, double half_width);

}  // namespace isoloss
