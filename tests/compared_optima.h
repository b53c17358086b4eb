// Questions of what schools would train, and their rows.

#pragma once

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "host/answers/compare_optima.h"
#include "tests/relative.h"

namespace isoloss {

// With the recipes that are compared by default.
inline CompareOptimaQuestion question_of(std::vector<double> budgets) {
  CompareOptimaQuestion out;
  out.budgets = std::move(budgets);
  for (const std::string_view name : kComparedRecipes) out.recipes.push_back(&recipe_called(name));
  return out;
}

inline const ComparedModel& of_school(const ComparedBudget& budget, School school) {
  return *std::find_if(budget.models.begin(), budget.models.end(),
                       [&](const ComparedModel& model) { return model.school == school; });
}

}  // namespace isoloss
