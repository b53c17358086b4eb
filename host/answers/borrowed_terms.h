// A law of the user's with terms of the literature for what the user's runs do not tell: tokens
// that are seen again, bits.

#pragma once

#include <optional>

#include "host/answers/fitted_law.h"
#include "host/answers/recipe.h"

namespace isoloss {

// The law of the recipe, with the parameters of `own`, draw by draw, and the recipe's for those
// that it has besides. Nothing unless `own` is the law chinchilla, and each of its parameters one
// of the recipe's law, by name and meaning. Throws as law_of_recipe() does. Cost: a copy of the
// draws.
std::optional<FittedLaw> with_terms_of(const Recipe& recipe, const FittedLaw& own);

}  // namespace isoloss
