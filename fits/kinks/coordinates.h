// The coordinates in which the finish takes a step, and how far it may go.
//
// A parameter moves as it is, d = theta - theta_0. A small weight of a term moves in plain units, d
// = exp(theta - theta_0) - 1, in which the prediction is nearly linear: d = -1 is a weight of zero,
// and a weight at zero comes back in one step.

#pragma once

#include <cmath>

#include "fits/kinks/model.h"
#include "fits/math.h"
#include "fits/newton_step.h"

namespace isoloss {

// What a law's parameters are, to the finish.
struct KinkParams {
  const Bounds* bounds;
  const bool* is_log;
  const bool* is_weight;  // log parameters that the prediction is linear in
  int num;
};

// A point of the finish: the law linearised, and the curvature of its residuals.
struct KinkPoint {
  double theta[kMaxParams];
  double* residual;                          // num_padded
  double* gradient;                          // num_params x num_padded
  double curvature[num_packed(kMaxParams)];  // sum of weight y times second derivatives
  double slope[kMaxParams];                  // sum of weight y J
  double value;                              // the objective
};

// Whether the residuals curve: not of a law that is linear in its parameters.
//
//   curvature  packed: sum of weight y times second derivatives, beside that of weight |y| J J'
inline bool has_curvature(const KinkRows& rows, const double* y, const double* curvature,
                          const bool* is_free) {
  constexpr double kNoCurvature = 1e-9;
  double size[kMaxParams];
  for (int k = 0; k < rows.num_params; ++k) {
    const double* own = rows.gradient_of(k);
    size[k] = sum_over_rows(rows.num_padded, [&](int i) {
      return rows.weight[i] * std::fabs(y[i]) * (own[i] * own[i]);
    });
    for (int l = 0; l <= k; ++l) {
      const double least = kNoCurvature * std::sqrt(size[k] * size[l]);
      if (is_free[k] && is_free[l] && !(std::fabs(curvature[packed(k, l)]) <= least)) return true;
    }
  }
  return false;
}

class KinkCoordinates {
 public:
  // Largest share of a prediction that moves in plain units.
  static constexpr double kSmallShare = 0.5;
  // Below it a parameter has no effect, and the curvature of a weight is rounding.
  static constexpr double kNoEffect = 1e-9;
  static constexpr double kNoCurvature = 1e-6;

  // Chooses them at a point, and sets the model's box and curvature.
  void choose(const KinkPoint& at, const KinkParams& params, double radius, double total_weight,
              KinkModel& model) {
    for (int j = 0; j < num_packed(params.num); ++j) model.curvature[j] = at.curvature[j];
    for (int k = 0; k < params.num; ++k) {
      const double effect = root_mean_square(model.rows, k, total_weight);
      in_plain_units_[k] = params.is_weight[k] && effect < kSmallShare;
      double& own = model.curvature[packed(k, k)];
      if (in_plain_units_[k]) own = effect < kNoCurvature ? 0 : own - at.slope[k];
      set_box(at.theta[k], params, k, radius, effect, model);
    }
  }

  // theta after the step d, inside the bounds.
  void move(const double* from, const double* d, const KinkParams& params, double* theta) const {
    for (int k = 0; k < params.num; ++k) {
      const Bounds& bounds = params.bounds[k];
      double to = from[k] + d[k];
      if (in_plain_units_[k]) to = d[k] <= lowest_[k] ? bounds.lower : from[k] + log1p_of(d[k]);
      theta[k] = std::fmin(std::fmax(to, bounds.lower), bounds.upper);
    }
  }

  // Share of the trust region that the step uses.
  double share_used(const double* d, int num) const {
    double share = 0;
    for (int k = 0; k < num; ++k)
      if (reach_[k] > 0) share = std::fmax(share, std::fabs(d[k]) / reach_[k]);
    return share;
  }

 private:
  static double root_mean_square(const KinkRows& rows, int k, double total_weight) {
    const double* own = rows.gradient_of(k);
    return std::sqrt(
        sum_over_rows(rows.num_padded, [&](int i) { return rows.weight[i] * own[i] * own[i]; }) /
        total_weight);
  }

  static double log1p_of(double d) { return d <= -1 ? -INFINITY : isoloss::log(1 + d); }

  void set_box(double theta, const KinkParams& params, int k, double radius, double effect,
               KinkModel& model) {
    const Bounds& bounds = params.bounds[k];
    reach_[k] = reach(theta, params, k, radius, effect);
    double lower = bounds.lower - theta;
    double upper = bounds.upper - theta;
    if (in_plain_units_[k]) {
      lower = isoloss::exp(lower) - 1;
      upper = upper > 700 ? INFINITY : isoloss::exp(upper) - 1;
    }
    lowest_[k] = lower;
    const bool may_move = bounds.lower < bounds.upper && reach_[k] > 0;
    model.lower[k] = may_move ? std::fmin(std::fmax(lower, -reach_[k]), 0) : 0;
    model.upper[k] = may_move ? std::fmax(std::fmin(upper, reach_[k]), 0) : 0;
  }

  // How far d may go: so far that the residuals change by `radius`, and no further than the
  // parameter's own size, for one without effect here may have it elsewhere.
  double reach(double theta, const KinkParams& params, int k, double radius, double effect) const {
    const bool is_wide_param = is_wide(params.bounds[k]);
    if (effect == 0) return 0;
    if (effect < kNoEffect && !in_plain_units_[k] && !is_wide_param) return 0;
    const double by_effect = radius / effect;
    if (in_plain_units_[k] || is_wide_param) return by_effect;
    if (params.is_log[k]) return std::fmin(by_effect, 3 * std::fmin(1, std::fmax(radius, 1e-3)));
    return std::fmin(by_effect, radius * std::fmax(std::fabs(theta), 0.3));
  }

  bool in_plain_units_[kMaxParams];
  double lowest_[kMaxParams];  // d at the lower bound
  double reach_[kMaxParams];   // of the trust region
};

}  // namespace isoloss
