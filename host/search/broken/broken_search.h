// The search for the best broken power: starts that its structure gives, and then exchanges of one
// break until none lowers the objective.
//
// Random starts hardly ever end in the best basin of two breaks or more: each break must be placed
// well at once. What is linear in the log of the loss above the floor is solved for at each start;
// places come from dynamic programming over straight segments, from the best subset of a dictionary
// of hinges, from the best fit of one break less, and from pairs of breaks that merge. A law of k
// breaks holds that of k - 1, which is searched first: its optimum bounds the objective.

#pragma once

#include <vector>

#include "host/search/search_end.h"

namespace isoloss {

// How many starts of each kind.
struct BrokenBudget {
  int segments = 9;
  int subsets = 8;  // of two breaks or more
  int growth = 4;   // from the best fit of one break less; 0: that is not searched
  int merging = 4;
  int exchanges = 3;  // of each break, in every round
  int rounds = 8;     // of exchanges, at most
  int going_on = 4;   // distinct ends that get more evaluations

  // For the fit of a data set.
  static BrokenBudget times(int effort);
  // For a resample, whose fit begins at that of the runs.
  static BrokenBudget of_resample() { return {3, 0, 0, 2, 1, 1, 0}; }
};

struct BrokenSearchOptions {
  ResidualLoss residual_loss;
  BrokenBudget budget;
  int num_threads = 0;  // 0: one a processor
};

// Whether the structure can be used: one input, compared by its log.
bool can_search_breaks(const LawEntry& law);

// Every distinct end of the search, least objective first, evaluated at theta; `given`: starts
// besides, num x num_params, search coordinates.
//
//   cost  two breaks: some 60 minimisations, 10,000 evaluations; three: twice that
SearchEnds search_breaks(const LawEntry& law, const RunsView& runs,
                         const std::vector<double>& given, const BrokenSearchOptions& options);

}  // namespace isoloss
