// Starts from a dictionary of hinges: the best subset of them, or the best one more.
//
// What the line (and hinges that are kept) explain is projected out of every column; how much a
// subset explains beyond is then a system of its few inner products.

#pragma once

#include <vector>

#include "host/search/broken/floored_runs.h"

namespace isoloss {

// Starts of num_breaks breaks: for each choice of places the best widths and floor; choices that no
// neighbouring choice beats first, then by error. num_places: of the dictionary, three widths each.
//   cost  binomial(num_places, num_breaks) x 3^num_breaks systems a floor
std::vector<BrokenStart> subset_starts(const std::vector<FlooredRuns>& floors, int num_breaks,
                                       int num_places, int num_starts);

// Starts of the breaks of `kept`, as they are but for their slopes, and one more; in the same
// order.
std::vector<BrokenStart> added_break_starts(const std::vector<FlooredRuns>& floors,
                                            const std::vector<Break>& kept, int num_starts);

}  // namespace isoloss
