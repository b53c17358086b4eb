// What the answers to "what should I train" show in charts.

#pragma once

#include "host/report/optimum.h"

namespace isoloss {

// Parameters and tokens, and the loss, over what was asked, of two answers and more; of budgets the
// loss over sizes at each, of demands tokens a parameter too.
std::vector<Chart> optimum_charts(const FittedLaw& law, const Optimum& got);

}  // namespace isoloss
