// What each school would train, side by side, as a document and as JSON.

#pragma once

#include <string>

#include "host/answers/compare_optima.h"
#include "host/report/document.h"

namespace isoloss {

// A table a budget, then what its columns mean and the warnings. The answer outlives its charts.
Document describe_comparison(const FittedLaw& law, const OptimaComparison& got);
std::string comparison_json(const FittedLaw& law, const OptimaComparison& got);

}  // namespace isoloss
