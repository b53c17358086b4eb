// What reports say of the law that they ask, and their warnings.

#pragma once

#include <string>
#include <vector>

#include "host/answers/fitted_law.h"
#include "host/report/json_parts.h"

namespace isoloss {

// Its formula, where it comes from and how many draws it has, each on a line.
std::string fitted_law_text(const FittedLaw& law);
// Adds law, formula, of, source, params, num_draws and confidence.
void add_fitted_law(const FittedLaw& law, Json& out);

// An empty line and the warnings; nothing if there are none.
std::string warnings_text(const std::vector<Warning>& warnings);

}  // namespace isoloss
