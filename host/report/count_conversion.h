// Conversions between counts of parameters, as people and as programs read them.

#pragma once

#include <string>

#include "host/answers/count/count.h"
#include "host/report/document.h"

namespace isoloss {

Document describe_conversion(const CountConversion& got);

// The same with all digits: schema "isoloss/count", version 1, of kind "conversion".
std::string conversion_json(const CountConversion& got);

}  // namespace isoloss
