// What training costs, as the FLOP that were recorded say it.

#pragma once

#include <cstddef>

#include "host/answers/optimum/plan.h"
#include "host/reading/run_table.h"

namespace isoloss {

struct ComputeCost {
  Cost cost;  // C = k N^a D^b
  std::size_t num_runs = 0;
  double rms_log = 0;  // of log C less that of the runs
};

// The line of least squares through log N, log D and log C of the runs.
//
//   throws  InputError for runs without a column of flops beside params and tokens, of which N and
//   D
//           vary together, and where C does not grow with both
//   cost    a pass over the runs
ComputeCost cost_of_compute(const RunTable& runs);

}  // namespace isoloss
