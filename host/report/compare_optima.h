// What each school would train, side by side, as text and as JSON.

#pragma once

#include <string>
#include <vector>

#include "host/answers/compare_optima.h"

namespace isoloss {

struct ComparisonReport {
  CompareOptions options;
  std::vector<ComparedBudget> budgets;
  std::vector<Warning> warnings;
};

// A table a budget, at most 100 columns wide, then what its columns mean and the warnings.
std::string comparison_text(const FittedLaw& law, const ComparisonReport& report);
std::string comparison_json(const FittedLaw& law, const ComparisonReport& report);

}  // namespace isoloss
