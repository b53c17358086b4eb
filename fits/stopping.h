// The stopping rules of the search, each once, under its name.

#pragma once

#include "fits/law.h"

namespace isoloss {

// Scaled gradient: max over free parameters of |g| / (sum of |terms of g|). A ratio of a sum to
// what cancels in it has no units: scaling the loss, the objective or a parameter leaves it alone.
inline constexpr double kScaledGradientBound = 1e-10;
// Rounding of log L_hat, in log L: below it a residual, and so a gradient of residuals, is noise.
inline constexpr double kResidualNoise = 4e-15;
// Below it, in log L, Newton's method crawls from kink to kink and the grid to which candidates are
// snapped is too coarse: the search uses a larger delta, and the host finishes.
inline constexpr double kLeastSearchedDelta = 1e-5;
// An objective that is the rounding of residuals alone.
inline constexpr double kExactObjective = 1e3 * kResidualNoise * kResidualNoise;
// A Hessian scaled to unit diagonal is positive definite if its pivots exceed this.
inline constexpr double kLeastPivot = 1e-13;

// The model's decrease is lost in the rounding of f, or in that of the residuals where f is zero.
ISOLOSS_HD inline bool decrease_is_rounding(double predicted_decrease, double value) {
  return predicted_decrease <= 1e-15 * value + kResidualNoise * kResidualNoise;
}

// No higher than before, up to the rounding of f; residuals of an exact fit are rounding alone.
ISOLOSS_HD inline bool no_higher(double value, double before) {
  return value <= before * (1 + 1e-12) + kExactObjective;
}

// The step is so short that the next Newton step squares it away.
ISOLOSS_HD inline bool step_is_final(double longest_step, double final_step) {
  return longest_step < final_step;
}

// Time to tighten delta: the coarser objective has little left to give.
ISOLOSS_HD inline bool ready_for_smaller_delta(double predicted_decrease, double value,
                                               double share) {
  return predicted_decrease <= share * value;
}

ISOLOSS_HD inline bool gradient_is_zero(double gradient, double scale, double reach) {
  const double size = gradient < 0 ? -gradient : gradient;
  return size <= kScaledGradientBound * scale || size <= kResidualNoise * reach;
}

}  // namespace isoloss
