// What the answers to "what should I train" show in charts.

#pragma once

#include "host/report/optimum.h"

namespace isoloss {

// Parameters and tokens, and the loss, over what was asked. Nothing for fewer than two answers.
std::vector<Chart> optimum_charts(const Optimum& got);

}  // namespace isoloss
