// Counts of a transformer, as people and as programs read them.

#pragma once

#include <string>

#include "host/answers/count/count.h"
#include "host/report/document.h"

namespace isoloss {

// Parameters, FLOP a token and what the conventions make of them.
Document describe_counts(const Counts& got);

// The same with all digits: schema "isoloss/count", version 1, of kind "transformer".
std::string counts_json(const Counts& got);

}  // namespace isoloss
