// The proof of a fit with kinks: multipliers that leave no gradient and no gap, and a Hessian that
// is positive definite where the kinks do not hold the parameters.
//
// Where the law is linear in its parameters at the optimum, these are the conditions of a convex
// problem's dual, and the value is proved whatever the Hessian.

#pragma once

#include <algorithm>
#include <cmath>

#include "fits/kinks/finish.h"
#include "fits/stopping.h"

namespace isoloss {

struct KinkProof {
  double scaled_gradient = 0;
  bool gradient_is_zero = false;  // of every parameter that may move; no gap of the multipliers
  bool positive_definite = false;
  bool is_linear = false;  // no curvature of the residuals: the value is that of a convex problem
  bool is_free[kMaxParams];
  bool vanished[kMaxParams];  // without effect on any run, and not a weight at zero

  bool proved() const { return gradient_is_zero && positive_definite; }
};

// A fitted point to be proved: rows and curvature at theta, with slopes y (num_padded), which the
// proof of absolute residuals improves.
struct KinkEnd {
  KinkRows rows;
  const double* curvature;
  const double* theta;
  double value;
  double total_weight;
  double* y;
};

namespace detail {

inline bool may_vanish(const KinkParams& params, int k) {
  return params.is_log[k] || !is_wide(params.bounds[k]);
}

// Whether the kinks of run i do not hold it: its slope may still move.
inline bool is_inside(const KinkEnd& end, const KinkLoss& loss, int i) {
  return loss.is_absolute ? std::fabs(end.y[i]) < 1 - 1e-9 : loss.zone.holds(end.rows.residual[i]);
}

class KinkProver {
 public:
  KinkProver(const KinkEnd& end, const KinkLoss& loss, const KinkParams& params)
      : end_(end), loss_(loss), params_(params) {}

  KinkProof prove() {
    find_free();
    if (loss_.is_absolute)
      for (int round = 0; round < 2; ++round) improve_multipliers();
    check_gradient();
    if (loss_.is_absolute && !gap_is_closed()) out_.gradient_is_zero = false;
    check_hessian();
    return out_;
  }

 private:
  double gradient(int k) const {
    const double* own = end_.rows.gradient_of(k);
    return sum_over_rows(end_.rows.num_padded,
                         [&](int i) { return end_.rows.weight[i] * end_.y[i] * own[i]; });
  }

  void find_free() {
    for (int k = 0; k < params_.num; ++k) {
      const Bounds& bounds = params_.bounds[k];
      const double* own = end_.rows.gradient_of(k);
      reach_[k] = sum_over_rows(end_.rows.num_padded,
                                [&](int i) { return end_.rows.weight[i] * std::fabs(own[i]); });
      const bool at_bound = end_.theta[k] <= bounds.lower || end_.theta[k] >= bounds.upper;
      out_.vanished[k] = !at_bound && may_vanish(params_, k) &&
                         reach_[k] < KinkCoordinates::kNoEffect * end_.total_weight;
      out_.is_free[k] = !at_bound && !out_.vanished[k] && reach_[k] > 0;
    }
  }

  // What the gradient leaves is spread over the multipliers of the zeros, by least squares.
  void improve_multipliers() {
    double matrix[num_packed(kMaxParams)] = {};
    double left[kMaxParams];
    double x[kMaxParams];
    add_inside(1, matrix);
    for (int k = 0; k < params_.num; ++k) {
      left[k] = -gradient(k);
      const double* own = end_.rows.gradient_of(k);
      matrix[packed(k, k)] += 1e-12 * sum_over_rows(end_.rows.num_padded, [&](int i) {
                                return end_.rows.weight[i] * own[i] * own[i];
                              });
    }
    if (!ldl_.factor(matrix, out_.is_free, params_.num, 1e-15)) return;
    ldl_.solve(left, x, params_.num);
    for (int i = 0; i < end_.rows.num_padded; ++i) {
      if (!is_inside(end_, loss_, i)) continue;
      double change = 0;
      for (int k = 0; k < params_.num; ++k) change += x[k] * end_.rows.gradient_of(k)[i];
      end_.y[i] = clamped(end_.y[i] + change, 1);
    }
  }

  void check_gradient() {
    out_.gradient_is_zero = true;
    for (int k = 0; k < params_.num; ++k) {
      const Bounds& bounds = params_.bounds[k];
      if (bounds.lower == bounds.upper || out_.vanished[k]) continue;
      const double* own = end_.rows.gradient_of(k);
      const double g = gradient(k);
      const double size = sum_over_rows(end_.rows.num_padded, [&](int i) {
        return std::fabs(end_.rows.weight[i] * end_.y[i] * own[i]);
      });
      const bool held =
          (end_.theta[k] <= bounds.lower && g >= 0) || (end_.theta[k] >= bounds.upper && g <= 0);
      if (held || g == 0) continue;
      out_.scaled_gradient = std::fmax(out_.scaled_gradient, std::fabs(g) / size);
      out_.gradient_is_zero &= isoloss::gradient_is_zero(g, size, reach_[k]);
    }
  }

  bool gap_is_closed() const {
    const double gap = multiplier_gap(end_.rows, end_.rows.residual, end_.y);
    return gap <= 1e-11 * end_.value + 1e-14 * end_.total_weight;
  }

  void add_inside(double factor, double* matrix) const {
    add_outer_products(
        end_.rows,
        [&](int i) {
          const double own = factor * loss_.zone.factor(end_.rows.residual[i]);
          return is_inside(end_, loss_, i) ? own * end_.rows.weight[i] : 0;
        },
        matrix);
  }

  // Of absolute residuals the zeros are so stiff that only what they leave free tests the
  // curvature.
  void check_hessian() {
    const double stiffness =
        loss_.is_absolute ? end_.total_weight / (1e-9 * end_.value + 1e-300) : 1;
    double matrix[num_packed(kMaxParams)];
    for (int j = 0; j < num_packed(params_.num); ++j) matrix[j] = end_.curvature[j];
    add_inside(std::fmin(stiffness, 1e250), matrix);
    out_.positive_definite = ldl_.factor(matrix, out_.is_free, params_.num, kLeastPivot);
    out_.is_linear = !has_curvature(end_.rows, end_.y, end_.curvature, out_.is_free);
  }

  const KinkEnd& end_;
  const KinkLoss& loss_;
  const KinkParams& params_;
  ScaledLdl ldl_;
  KinkProof out_;
  double reach_[kMaxParams];
};

}  // namespace detail

inline KinkProof prove_kinks(const KinkEnd& end, const KinkLoss& loss, const KinkParams& params) {
  return detail::KinkProver(end, loss, params).prove();
}

}  // namespace isoloss
