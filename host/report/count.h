// Counts of a transformer, as people and as programs read them.

#pragma once

#include <string>

#include "host/answers/count/transformer.h"
#include "host/report/document.h"

namespace isoloss {

// Parameters, FLOP a token and what the conventions make of them.
//
//   shape   resolved
//   tokens  training tokens D for the compute of each convention; 0: none is shown
Document describe_count(const TransformerShape& shape, double tokens);

// The same with all digits: schema "isoloss/count", version 1, of kind "transformer".
std::string count_json(const TransformerShape& shape, double tokens);

}  // namespace isoloss
