// What reports say of the law that they ask, and their warnings.

#pragma once

#include <string>
#include <vector>

#include "host/answers/known_law.h"
#include "host/report/json_parts.h"

namespace isoloss {

// Its formula, where it comes from and how many draws it has, each on a line.
std::string known_law_text(const KnownLaw& law);
// Adds law, formula, of, source, params, num_draws and confidence.
void add_known_law(const KnownLaw& law, Json& out);

// An empty line and the warnings; nothing if there are none.
std::string warnings_text(const std::vector<Warning>& warnings);

}  // namespace isoloss
