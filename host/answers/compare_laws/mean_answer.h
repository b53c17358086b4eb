// What several laws say together of one budget.

#pragma once

#include <vector>

#include "host/answers/compare_laws/compare_laws.h"

namespace isoloss {

// A number of one law and its draws, and how much the law counts.
struct WeightedDraws {
  double weight = 0;
  double value = 0;
  std::vector<double> draws;
};

// The weighted geometric mean of the laws' values, and the interval of the mixture of their draws,
// each law's share its weight however many draws it has; of a law without draws its value counts.
// Numbers above zero.
Estimate mixture_of(const std::vector<WeightedDraws>& laws, double confidence);

// Fits every law to all runs, answers each budget by it, and all of them together. Laws that have
// no plan for a budget have no answer and are in no mean.
void answer_budgets(const RunTable& runs, const FitOptions& options, CompareLaws& out);

}  // namespace isoloss
