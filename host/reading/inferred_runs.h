// Runs that no column tells apart.

#pragma once

#include "host/reading/run_table.h"

namespace isoloss {

// Checkpoints of one run stand one under the other: the same params, the tokens rising, in many
// more rows than a grid of runs has lengths. Gives every stretch of that kind a label, every other
// row its own, and a warning. Does nothing if a column names the runs.
void infer_runs(RunTable& table);

}  // namespace isoloss
