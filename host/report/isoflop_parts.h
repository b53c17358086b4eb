// Parts of an approach 2 that other answers show too.

#pragma once

#include <string>

#include "host/answers/isoflop/isoflop.h"
#include "host/report/json_parts.h"

namespace isoloss {

// Each budget, with its best model or why it is left out.
Json isoflop_budgets_json(const Isoflop& answer);

// " (0.412 .. 0.523)", or nothing where there is no interval.
std::string range_text(const Estimate& estimate, int digits);

}  // namespace isoloss
