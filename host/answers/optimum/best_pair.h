// The best two of a law's quantities, width and depth say, under a cost of the user's.

#pragma once

#include <string>
#include <vector>

#include "host/answers/fitted_law.h"
#include "host/answers/optimum/loss_surface.h"
#include "host/base/estimate.h"

namespace isoloss {

struct PairQuestion {
  std::string cost;             // a formula of what the law reads: "72*depth*width^2*D"
  HeldInputs held;              // by column: all that is neither of the two
  std::vector<double> budgets;  // in the cost's unit
  int num_threads = 0;
};

// What one budget buys.
struct PairAnswer {
  double budget = 0;
  Estimate first, second, loss;
  bool is_none = false;      // the loss falls all the way to an end of what can be paid for
  double share_without = 0;  // of the draws; intervals are of the rest
};

// One of the two.
struct PairQuantity {
  std::string symbol, column, meaning;
};

struct BestPair {
  PairQuestion question;
  PairQuantity first, second;  // in the order in which the law reads them
  std::vector<PairAnswer> answers;
  Status status = Status::converged;  // of the law
  std::vector<Warning> warnings;      // of the law, then of the answers

  // none if an answer is, else the law's.
  Outcome outcome() const;
};

// Of all pairs, each at least 1, that cost a budget the one of least loss: the loss is looked at at
// 97 places of the line of equal cost, and the root of its slope found around the best of them.
//
//   throws  InputError for a cost as CostFormula does, for one that does not rise with both
//           quantities, a budget that buys nothing, and unless just two quantities are not held
//   cost    some 200 evaluations of the law and 2,000 of the cost a draw
BestPair best_pair(const FittedLaw& law, const PairQuestion& question);

}  // namespace isoloss
