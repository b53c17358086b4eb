// One damped Newton step inside a box: what the minimiser and the polish both take.
//
// Everything a step needs stands in a workspace that the caller owns, so that a GPU thread keeps
// it in shared memory and has no stack.

#pragma once

#include <cmath>

#include "fits/evaluation.h"
#include "fits/small_matrix.h"
#include "fits/stopping.h"

namespace isoloss {

// A box wider than this is no statement about the size of its parameter, which may have any unit.
inline constexpr double kWideBox = 1e6;

ISOLOSS_HD inline bool is_wide(const Bounds& bounds) {
  return bounds.upper - bounds.lower > kWideBox;
}

// Bounds and scales of a law's parameters.
template <int P>
struct ParamBox {
  Bounds bounds[P];
  bool is_log[P];  // the parameter is the log of a weight, zero at its lower bound
};

// Step of P entries, and the room to solve for it.
template <int P>
struct NewtonStep {
  double step[P];
  bool is_free[P];
  double matrix[num_packed(P)];
  double scale[P];
  double scaled[P];

  // Parameters that may move: inside the box, or at a bound with the gradient pointing inwards.
  ISOLOSS_HD void find_free(const double* theta, const Evaluation<P>& at, const Bounds* bounds) {
    for (int k = 0; k < P; ++k) {
      const bool held_below = theta[k] <= bounds[k].lower && at.grad[k] >= 0;
      const bool held_above = theta[k] >= bounds[k].upper && at.grad[k] <= 0;
      const bool without_effect = at.hess[packed(k, k)] == 0 && at.grad[k] == 0;
      is_free[k] = !held_below && !held_above && !without_effect;
    }
  }

  // Solves (H + damping D) step = -g for the free entries of step, D = |diag H|; the others are
  // given and enter through H. False if indefinite.
  ISOLOSS_HD bool solve(const Evaluation<P>& at, double damping) {
    for (int k = 0; k < P; ++k) {
      const double diagonal = std::fabs(at.hess[packed(k, k)]);
      scale[k] = is_free[k] && diagonal > 1e-290 ? 1 / std::sqrt(diagonal) : 0;
    }
    for (int k = 0; k < P; ++k) {
      for (int l = 0; l < k; ++l)
        matrix[packed(k, l)] = at.hess[packed(k, l)] * scale[k] * scale[l];
      matrix[packed(k, k)] = scale[k] == 0 ? 1 : (at.hess[packed(k, k)] > 0 ? 1 : -1) + damping;
      double slope = at.grad[k];
      for (int l = 0; l < P; ++l)
        if (!is_free[l]) slope += at.hess[packed_any(k, l)] * step[l];
      scaled[k] = -slope * scale[k];
    }
    if (!factor_ldl<P>(matrix, kLeastPivot)) return false;
    solve_ldl<P>(matrix, scaled);
    for (int k = 0; k < P; ++k)
      if (is_free[k]) step[k] = scaled[k] * scale[k];
    return true;
  }

  // The damped Newton step within the box: a parameter that would leave it goes to its bound, and
  // the others step given that. False if indefinite.
  ISOLOSS_HD bool take(const Evaluation<P>& at, const double* theta, const Bounds* bounds,
                       double damping) {
    find_free(theta, at, bounds);
    for (int k = 0; k < P; ++k) step[k] = 0;
    for (int round = 0; round < P; ++round) {
      if (!solve(at, damping)) return false;
      if (!clip(theta, bounds)) break;
    }
    return true;
  }

  // Of the step; where a parameter may have any unit, relative to its size, or to a narrow box.
  ISOLOSS_HD double longest_entry(const double* theta, const Bounds* bounds) const {
    double longest = 0;
    for (int k = 0; k < P; ++k) {
      const double width = bounds[k].upper - bounds[k].lower;
      const double size = (is_wide(bounds[k]) ? std::fabs(theta[k]) : std::fmin(1, width)) + 1e-300;
      longest = std::fmax(longest, std::fabs(step[k]) / size);
    }
    return longest;
  }

  // By the quadratic model at `at`.
  ISOLOSS_HD double predicted_decrease(const Evaluation<P>& at) const {
    double decrease = 0;
    for (int k = 0; k < P; ++k) {
      double curved = 0.5 * at.hess[packed(k, k)] * step[k];
      for (int l = 0; l < k; ++l) curved += at.hess[packed(k, l)] * step[l];
      decrease -= (at.grad[k] + curved) * step[k];
    }
    return decrease;
  }

 private:
  // Cuts the free entries that leave the box and holds them. True if there were any.
  ISOLOSS_HD bool clip(const double* theta, const Bounds* bounds) {
    bool left_box = false;
    for (int k = 0; k < P; ++k) {
      const double below = bounds[k].lower - theta[k];
      const double above = bounds[k].upper - theta[k];
      if (!is_free[k] || (step[k] >= below && step[k] <= above)) continue;
      step[k] = step[k] < below ? below : above;
      is_free[k] = false;
      left_box = true;
    }
    return left_box;
  }
};

}  // namespace isoloss
