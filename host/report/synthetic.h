// Plans with generated tokens, as a document and as JSON.

#pragma once

#include <string>
#include <vector>

#include "host/answers/optimum/synthetic.h"
#include "host/report/document.h"

namespace isoloss {

// Law and answer outlive its charts.
Document describe_synthetic(const FittedLaw& law, const Synthetic& got);
std::string synthetic_json(const FittedLaw& law, const Synthetic& got);

// The loss over generated tokens at each budget and, of several budgets, how much is generated.
std::vector<Chart> synthetic_charts(const Synthetic& got);

}  // namespace isoloss
