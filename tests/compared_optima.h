// Questions of what schools would train, and their rows.

#pragma once

#include <algorithm>
#include <cmath>
#include <string_view>
#include <utility>
#include <vector>

#include "host/answers/compare_optima.h"

namespace isoloss {

// Of two numbers, less 1.
inline double off_by(double ours, double theirs) { return std::fabs(ours / theirs - 1); }

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
