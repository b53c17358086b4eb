// What reports say of the law that they ask, and their warnings.

#pragma once

#include <string>
#include <vector>

#include "host/answers/fitted_law.h"
#include "host/report/document.h"
#include "host/report/json_parts.h"

namespace isoloss {

// Its formula, where it comes from and how many draws it has.
Section law_section(const FittedLaw& law);
// Formula, source and seed.
std::vector<Pair> methods_of(const FittedLaw& law);
// The sentence of an answer by this law, with a doubt where the law's fit is not sound.
std::string answer_by(const FittedLaw& law, const std::string& sentence);
// Adds law, formula, of, source, params, num_draws and confidence.
void add_fitted_law(const FittedLaw& law, Json& out);

// A section of warnings, unless there are none.
void add_warnings(const std::vector<Warning>& warnings, Document& out);

// "N, parameters", or which of them N counts: "N, non-embedding", "N, active".
std::string params_title(const FittedLaw& law);

}  // namespace isoloss
