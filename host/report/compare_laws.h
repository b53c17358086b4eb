// Laws compared by what they predict, as a document and as JSON.

#pragma once

#include <string>

#include "host/answers/compare_laws/compare_laws.h"
#include "host/report/document.h"

namespace isoloss {

// The answer outlives the document's charts.
Document describe_compare_laws(const CompareLaws& answer);
std::string compare_laws_json(const CompareLaws& answer);

}  // namespace isoloss
