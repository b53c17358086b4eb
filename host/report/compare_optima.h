// What each school would train, side by side, as a document and as JSON.

#pragma once

#include <string>
#include <vector>

#include "host/answers/compare_optima.h"
#include "host/report/document.h"

namespace isoloss {

struct ComparisonReport {
  CompareOptions options;
  std::vector<ComparedBudget> budgets;
  std::vector<Warning> warnings;
};

// A table a budget, then what its columns mean and the warnings. The report outlives its charts.
Document describe_comparison(const FittedLaw& law, const ComparisonReport& report);
std::string comparison_json(const FittedLaw& law, const ComparisonReport& report);

}  // namespace isoloss
