// Recipes of the literature, as text and as JSON.

#pragma once

#include <string>
#include <vector>

#include "host/answers/optimum/recipe_point.h"

namespace isoloss {

// All of them, one a line.
std::string recipes_text();

// What a recipe of power laws says, which knows no loss. A count without embeddings is shown as
// all parameters too, by the relation of host/answers/count/count_conversion.h.
std::string recipe_text(const Recipe& recipe, const std::vector<RecipePoint>& points);
std::string recipe_json(const Recipe& recipe, const std::vector<RecipePoint>& points);

}  // namespace isoloss
