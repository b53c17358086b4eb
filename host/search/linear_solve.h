// The linear parameters of a law at fixed nonlinear ones.

#pragma once

#include <vector>

#include "host/base/aligned.h"
#include "host/search/problem.h"

namespace isoloss {

// One law on one set of runs; reused for many points.
class LinearSolve {
 public:
  // Both must outlive it.
  LinearSolve(const LawEntry& law, const RunsView& runs);

  // Sets the linear entries of theta (search coordinates) to those of least squared error, relative
  // where the law is compared by its log; weights on a log scale stay positive.
  //   returns  the error, weight times squared residual summed; infinity if the law is not finite
  double solve(Theta& theta);

  const std::vector<int>& params() const { return params_; }

 private:
  void fill_columns(const Theta& theta);
  bool solve_columns(const std::vector<bool>& in_use, std::vector<double>& weights) const;
  double error_of(const std::vector<double>& weights) const;

  const LawEntry& law_;
  const RunsView runs_;
  const Tape& tape_;
  std::vector<int> params_;
  AlignedDoubles value_, gradient_;  // see linearise_tape
  std::vector<double> response_;     // num_runs, not its log
  std::vector<double> scale_;        // num_runs: of a residual, by its weight, relative for a log
  std::vector<double> columns_;      // params x num_runs: the law per unit of each, weighted
  std::vector<double> rest_;         // num_runs: what they have to explain, weighted
};

}  // namespace isoloss
