// Losses as they could have been measured: the curves, with their residuals dealt out anew.

#pragma once

#include <cstdint>
#include <vector>

#include "host/answers/isoflop/minima.h"

namespace isoloss {

class ResidualDraws {
 public:
  ResidualDraws(const IsoflopDesign& design, const std::vector<double>& loss);

  // Whether the curves leave residuals to draw from.
  bool any() const { return !pool_.empty(); }
  // One loss a run; resample r of a seed is the same on every machine.
  std::vector<double> draw(std::uint64_t seed, std::uint64_t resample) const;

 private:
  std::vector<double> fitted_;  // by run
  std::vector<double> scale_;   // of a residual there: the loss over the root of the weight
  std::vector<double> pool_;    // relative residuals of all budgets, of mean zero
};

}  // namespace isoloss
