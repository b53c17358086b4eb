// Quantities that follow from a fit: what each parameter vector says of the compute-optimal model.

#pragma once

#include <functional>
#include <vector>

#include "host/fit/result.h"

namespace isoloss {

// Makes something of the draws of each quantity.
class QuantityTaker {
 public:
  virtual ~QuantityTaker() = default;
  // Called once for each estimate, by several threads; not for the exponent of tokens and for
  // tokens per parameter, which follow from others.
  //
  //   quantity  of parameters in plain units
  //   is_log    above zero, and compared by ratios
  //   draws     of it; those that are no numbers count for nothing
  //   estimate  its value is known
  virtual void add(const std::function<double(const Theta&)>& quantity, bool is_log,
                   const std::vector<double>& draws, Estimate& estimate) const = 0;
};

// Adds estimates of parameters, exponents and optima to `result` from result.theta and, if there
// are any, result.draws. Of those that are there already, what else is known stays.
//
//   largest_C  the largest run's FLOP
//   further    takes the draws of each too, or null
//   cost: one optimum a draw and budget
void add_estimates(FitResult& result, double largest_C, const QuantityTaker* further = nullptr);

// The compute-optimal models of a fit at budgets in FLOP, with intervals of its draws; its law has
// an optimum. The same cost.
std::vector<OptimumEstimate> optima_at(const FitResult& fit, const std::vector<double>& budgets,
                                       double largest_C);

}  // namespace isoloss
