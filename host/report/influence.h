// Which rows decide an answer, as a document and as JSON.

#pragma once

#include <string>

#include "host/answers/influence/influence.h"
#include "host/report/document.h"

namespace isoloss {

// The answer outlives the document's charts.
Document describe_influence(const Influence& answer);
std::string influence_json(const Influence& answer);

}  // namespace isoloss
