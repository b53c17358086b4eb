// A law of the user's with terms of the literature for what the user's runs do not tell: tokens
// that are seen again, bits.

#pragma once

#include <optional>

#include "host/answers/fitted_law.h"
#include "host/answers/recipe.h"

namespace isoloss {

// The law of the recipe, with the parameters of `own`, draw by draw, and the recipe's for those
// that it has besides. Nothing unless each parameter of `own` is one of it, by name and meaning: a
// law that the recipe's is with all further terms gone.
std::optional<FittedLaw> with_terms_of(const Recipe& recipe, const FittedLaw& own);

}  // namespace isoloss
