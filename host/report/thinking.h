// The best number of samples a query, as a document and as JSON.

#pragma once

#include <string>
#include <vector>

#include "host/answers/optimum/thinking.h"
#include "host/report/document.h"

namespace isoloss {

// Law and answer outlive its charts.
Document describe_thinking(const FittedLaw& law, const Thinking& got);
std::string thinking_json(const FittedLaw& law, const Thinking& got);

// Cost and size over the number of samples, a line a demand; none of one number.
std::vector<Chart> thinking_charts(const Thinking& got);

// "1.00B queries", or tokens of one sample.
std::string thinking_demand_text(const Thinking& got, double demand);

}  // namespace isoloss
