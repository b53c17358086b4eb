// Bits of training and of serving, where they are part of the answer.

#pragma once

#include <optional>
#include <vector>

#include "host/answers/optimum/plan.h"
#include "host/base/estimate.h"

namespace isoloss {

struct Bits {
  std::optional<double> training, post;  // as chosen; absent where they are held, or none are read
  double served = 16;                    // of a weight, chosen or held
};

// The best model of some bits.
struct ModelOfBits {
  Bits bits;
  Estimate N, D, loss, cost;
  PlanEnd end = PlanEnd::none;  // of the estimate
};

struct ChosenBits {
  Bits bits;               // of the estimate
  double share_alike = 1;  // of the draws: those that choose the same
  // From how many tokens on the chosen size only loses by more: what is trained too long is
  // quantised badly. Of a law that knows no such number nothing.
  std::optional<Estimate> tokens_that_hurt;
  std::vector<ModelOfBits> models;  // all that were weighed
};

}  // namespace isoloss
