// What to train, as a document and as JSON.

#pragma once

#include <string>

#include "host/answers/optimum/optimum.h"
#include "host/report/document.h"

namespace isoloss {

// Law and answer outlive its charts.
Document describe_optimum(const FittedLaw& law, const Optimum& got);
std::string optimum_json(const FittedLaw& law, const Optimum& got);

}  // namespace isoloss
