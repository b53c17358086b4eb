#include "fits/math.h"
#include "host/answers/forecast/forecast.h"
#include "host/answers/forecast/sample_paths.h"
#include "host/laws/registry.h"

namespace isoloss {

std::vector<RecipePoint> recipe_years(const Recipe& recipe, const Assumptions& assumptions,
                                      const HeldInputs& held) {
  const Path path = sample_paths(assumptions, 0, 0)[0];
  std::vector<RecipePoint> out;
  for (int years = 0; years <= assumptions.num_years; ++years) {
    HeldInputs own;
    if (!recipe.law.empty()) {
      const LawEntry& law = find_law(recipe.law);
      own = held_for(law, held);
      if (law.reads(Input::U) && assumptions.unique_tokens)
        own[kUniqueTokens] = isoloss::exp(path.log_stock_at(years));
    }
    out.push_back(recipe_points(recipe, {isoloss::exp(path.log_effective_at(years))}, own)[0]);
  }
  return out;
}

}  // namespace isoloss
