// The best pair of quantities under a cost, as a document and as JSON.

#pragma once

#include <string>

#include "host/answers/optimum/best_pair.h"
#include "host/report/document.h"

namespace isoloss {

// Law and answer outlive its charts.
Document describe_best_pair(const FittedLaw& law, const BestPair& got);
std::string best_pair_json(const FittedLaw& law, const BestPair& got);

}  // namespace isoloss
