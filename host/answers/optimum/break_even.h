// Up to which demand more samples of a smaller model cost less than one of a larger.

#pragma once

#include <optional>

#include "host/answers/optimum/asker.h"
#include "host/answers/optimum/thinking.h"

namespace isoloss {

// Least costs by the estimate alone, without its draws. The question must outlive it.
class EstimateCost {
 public:
  EstimateCost(const FittedLaw& law, const ThinkingQuestion& question);

  // The demand at which both cost the same: 0 where one sample is cheaper at any, infinite where it
  // is at none. No value where so many samples reach the loss with no model.
  //
  //   loss, loss_of_one   what so many samples need, and one; NaN: out of reach
  //   cost                some 20 pairs of plans of one row
  std::optional<double> break_even(double samples, double loss, double loss_of_one) const;

 private:
  double log_cost(double demand, double samples, double loss) const;

  FittedLaw law_;  // without draws
  const ThinkingQuestion& question_;
  Asker ask_;
};

}  // namespace isoloss
