// What a recipe of the literature says for a budget.

#pragma once

#include <vector>

#include "host/answers/optimum/loss_surface.h"
#include "host/answers/recipe.h"

namespace isoloss {

struct RecipePoint {
  double flops = 0;
  double N = 0;  // as the recipe counts it
  double D = 0;

  double tokens_per_param() const { return D / N; }
};

// One point for each budget, in FLOP; NaN where a law has no optimum.
//
//   held    what the recipe's law reads besides N and D
//   throws  InputError as SurfaceProgram does
std::vector<RecipePoint> recipe_points(const Recipe& recipe, const std::vector<double>& flops,
                                       const HeldInputs& held = {});

// The budget at which a recipe of power laws has this N, or this D. Throws nothing.
double flops_for_params(const Recipe& recipe, double N);
double flops_for_tokens(const Recipe& recipe, double D);

}  // namespace isoloss
