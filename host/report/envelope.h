// Approach 1, as a document and as JSON.

#pragma once

#include <string>

#include "host/answers/envelope/envelope.h"
#include "host/report/document.h"

namespace isoloss {

// The answer outlives the document's charts.
Document describe_envelope(const Envelope& answer);
std::string envelope_json(const Envelope& answer);

}  // namespace isoloss
