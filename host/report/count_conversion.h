// Conversions between counts of parameters, as people and as programs read them.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "host/answers/count/count_conversion.h"
#include "host/report/document.h"

namespace isoloss {

// Models by their non-embedding parameters, each with its counts.
struct CountConversion {
  bool from_total = false;  // what was asked, for the exponent of the last column
  double exponent = 0;      // a in N ~ C^a of the count converted from
  CountRelation relation;
  std::optional<EmbeddingShape> derived_from;  // none: omega is Pearce & Song's
  std::vector<double> non_embedding;
};

Document describe_conversion(const CountConversion& conversion);

// The same with all digits: schema "isoloss/count", version 1, of kind "conversion".
std::string conversion_json(const CountConversion& conversion);

}  // namespace isoloss
