// Recipes of the literature, as documents and as JSON.

#pragma once

#include <string>
#include <vector>

#include "host/answers/optimum/recipe_point.h"
#include "host/report/document.h"

namespace isoloss {

// All of them.
Document describe_recipes();

// What a recipe of power laws says, which knows no loss. A count without embeddings is shown as
// all parameters too, by the relation of host/answers/count/count_conversion.h.
Document describe_recipe(const Recipe& recipe, const std::vector<RecipePoint>& points);
std::string recipe_json(const Recipe& recipe, const std::vector<RecipePoint>& points);

}  // namespace isoloss
