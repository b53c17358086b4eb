// Training curves: the rows of one run in the order of their tokens, with what they have cost.

#pragma once

#include <array>
#include <string>
#include <vector>

#include "host/answers/race/options.h"
#include "host/reading/run_table.h"

namespace isoloss {

// One entry a row, in ascending order of tokens. A budget that is not known of a curve is known of
// no curve.
struct Curve {
  std::string run;
  double params = 0;
  std::vector<double> log_tokens;
  std::vector<double> loss;                                     // nats per token
  std::array<std::vector<double>, kBudgets.size()> log_budget;  // by Budget; empty: not known
  std::size_t rows_a_mean = 1;  // rows of the file whose mean is one row here

  std::size_t num_rows() const { return loss.size(); }
  const std::vector<double>& log_spent(Budget by) const {
    return log_budget[static_cast<std::size_t>(by)];
  }
  bool knows(Budget by) const { return !log_spent(by).empty(); }

  // Log of the tokens that a budget pays for, and the other way round: straight lines between
  // rows; beyond the ends at the price per token of the run so far.
  double log_tokens_for(Budget by, double log_budget_at) const;
};

// The curves of a table, by size and then by name.
//
//   runs     with params, tokens and run; flops and the time column if they are to be budgets
//   throws   InputError for fewer than two curves or more than can be read in a report, a curve of
//            fewer than 20 rows or of several sizes, a budget that falls while tokens grow, a
//            speed that belongs to no curve or a curve without one
std::vector<Curve> curves_of(const RunTable& runs, const RaceOptions& options);

}  // namespace isoloss
