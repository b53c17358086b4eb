// Approach 2, as a document and as JSON.

#pragma once

#include <string>

#include "host/answers/isoflop/isoflop.h"
#include "host/report/document.h"

namespace isoloss {

// The answer outlives the document's charts.
Document describe_isoflop(const Isoflop& answer);
std::string isoflop_json(const Isoflop& answer);

}  // namespace isoloss
