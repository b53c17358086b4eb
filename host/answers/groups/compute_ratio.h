// How much compute one system needs for what another reaches.

#pragma once

#include <string>
#include <vector>

#include "host/answers/fitted_law.h"

namespace isoloss {

// "B needs 0.83 (0.79 .. 0.88) of A's compute for the same loss".
struct ComputeRatio {
  std::string group, than;
  double budget = 0;  // FLOP, of `than`
  Estimate loss;      // that its compute-optimal model reaches
  Estimate ratio;     // FLOP of the group's compute-optimal model of that loss over the budget
  double share_without = 0;  // of the draws, in which the group never reaches it
};

// Draw by draw: the draws of both are paired, so that what they share cancels. As many of them
// count as both have.
//
//   throws  InputError if a law has no compute-optimal models
//   cost    of optima by loss: host/answers/optimum/plan.h
std::vector<ComputeRatio> compute_ratios(const FittedLaw& group, const FittedLaw& than,
                                         const std::vector<double>& budgets, int num_threads);

// Whether compute_ratios() may be asked of the law: it predicts the loss from N and D alone.
bool has_compute_ratios(const LawEntry& law);

}  // namespace isoloss
