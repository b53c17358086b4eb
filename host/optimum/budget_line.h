// The models that a budget pays for, and the best of them.

#pragma once

#include <vector>

#include "host/optimum/plan.h"

namespace isoloss {

// Lines of equal cost, one a row of a surface: at N parameters the budget F leaves
// D = (F / N - serve) / train tokens.
class BudgetLine {
 public:
  BudgetLine(LossSurface surface, const Cost& cost, const Limits& limits);

  double log_D(double log_N, double log_cost) const;
  // log L there and its slopes by log N and log D; until the next call.
  const Slopes& along(const std::vector<double>& log_N, const std::vector<double>& log_cost);

  // The plan of least loss of every row at its cost. The loss is looked at at 97 sizes between one
  // parameter and one token and within the limits; around the best, the root of its derivative
  // L_N = L_D (1 + serve / (train D)) is found to rounding. Where there is none the plan is the end
  // of the range with the least loss, marked PlanEnd::none.
  std::vector<Plan> least_losses(const std::vector<double>& log_cost);

 private:
  struct Range {
    double lower, upper;  // log N
    bool lower_is_limit, upper_is_limit;
    bool is_empty;  // the limits leave nothing that costs so much
  };
  Range range_of(double log_cost) const;
  // By how much log L rises with log N along the line.
  void slope_along(const std::vector<double>& log_N, const std::vector<double>& log_cost,
                   std::vector<double>& out);

  LossSurface surface_;
  Cost cost_;
  Limits limits_;
  Slopes slopes_;
  std::vector<double> log_D_;
};

}  // namespace isoloss
