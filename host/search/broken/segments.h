// Starts from straight segments: a broken power of sharp breaks is a chain of lines in logs, and
// dynamic programming finds where lines that need not meet explain the runs best (Bellman & Roth
// 1969, "Curve fitting by segmented straight lines").

#pragma once

#include <vector>

#include "host/search/broken/floored_runs.h"

namespace isoloss {

// Lines over runs [cuts[i - 1], cuts[i]), the first from run 0, the last to the end.
struct Segments {
  double error = 0;  // weighted squares about the lines, summed
  std::vector<int> cuts;
};

// num_lines lines of least error, each over at least three runs; error is infinite if there are too
// few runs.
//   cost  num_runs^2 x num_lines; among more than a few hundred runs only some cuts are looked at
Segments best_segments(const FlooredRuns& runs, int num_lines);

// Starts whose breaks are where neighbouring lines meet, floors of least error first, each with
// several widths.
std::vector<BrokenStart> segment_starts(const std::vector<FlooredRuns>& floors, int num_breaks,
                                        int num_starts);

}  // namespace isoloss
