// How much an optimum matters: the sizes beside it that lose little more.

#pragma once

#include <vector>

#include "host/answers/optimum/asker.h"

namespace isoloss {

// One range for each share of the options, within their limits, on the line of what each plan
// costs; none of an answer without a plan.
//
//   best  plans of the asker's rows
//   cost  two roots of one equation a share and row
std::vector<FlatRange> flat_ranges(const Asker& ask, const std::vector<Plan>& best,
                                   const PlanOptions& options);

}  // namespace isoloss
