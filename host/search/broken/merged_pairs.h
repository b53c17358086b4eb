// Starts from two breaks that merge: large slopes that cancel, places and widths that differ a
// little.
//
// In the limit such a pair is a hinge and its derivatives by place and width, S g + p dg/dd + q
// dg/dlog f: only S = c_1 + c_2, p = c_1 (d_1 - d_2) and q = c_1 log(f_1 / f_2) are determined. The
// way there is a valley that a search from elsewhere would crawl along.

#pragma once

#include <vector>

#include "host/search/broken/floored_runs.h"

namespace isoloss {

// Starts of the breaks of `kept` and a merged pair, two of each choice of place and width: with
// slopes of either sign.
std::vector<BrokenStart> merged_pair_starts(const std::vector<FlooredRuns>& floors,
                                            const std::vector<Break>& kept, int num_starts);

}  // namespace isoloss
