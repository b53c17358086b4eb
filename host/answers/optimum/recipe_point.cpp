#include "host/answers/optimum/recipe_point.h"

#include <cmath>

#include "host/answers/fitted_law.h"
#include "host/answers/optimum/plan.h"

namespace isoloss {
namespace {

RecipePoint power_point(const Recipe& recipe, double flops) {
  const double product = flops / kFlopsPerTokenParam;
  const double N = recipe.N ? recipe.N->at(flops) : product / recipe.D->at(flops);
  return {flops, N, recipe.D ? recipe.D->at(flops) : product / N};
}

// C with k C^exponent = value, where C / 6 over a power law is one too.
PowerLaw complement(const PowerLaw& own) {
  return {std::pow(own.flops_unit, own.exponent) / (kFlopsPerTokenParam * own.coefficient),
          1 - own.exponent, 1};
}

}  // namespace

std::vector<RecipePoint> recipe_points(const Recipe& recipe, const std::vector<double>& flops,
                                       const HeldInputs& held) {
  std::vector<RecipePoint> out;
  if (recipe.law.empty()) {
    for (const double C : flops) out.push_back(power_point(recipe, C));
    return out;
  }
  const FittedLaw law = law_of_recipe(recipe);
  const SurfaceProgram surface(law.law, held, kFlopsPerTokenParam);
  for (const double C : flops) {
    const Plan best = plans(surface, law.thetas, {}, {}, Given::cost, {C})[0];
    out.push_back({C, best.N(), best.D()});
  }
  return out;
}

double flops_for_params(const Recipe& recipe, double N) {
  return recipe.N ? recipe.N->inverse(N) : complement(*recipe.D).inverse(N);
}

double flops_for_tokens(const Recipe& recipe, double D) {
  return recipe.D ? recipe.D->inverse(D) : complement(*recipe.N).inverse(D);
}

}  // namespace isoloss
