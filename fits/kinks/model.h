// The model of a fit with kinks: residuals linearised, their curvature added, in a box.
//
//   q(d) = sum of weight rho(r + J d) + d' C d / 2
//
// is piecewise quadratic. Newton's method on the current sets of residuals inside and beyond delta,
// with an exact search along each step, ends in finitely many steps (Madsen & Nielsen 1993, SIAM J.
// Optim. 3(2):223).

#pragma once

#include <cmath>

#include "fits/kinks/line_search.h"
#include "fits/kinks/rows.h"
#include "fits/kinks/scaled_ldl.h"

namespace isoloss {

struct KinkModel {
  KinkRows rows;
  KinkZone zone;
  double curvature[num_packed(kMaxParams)];  // C, packed
  double lower[kMaxParams];                  // box of d: holds 0; equal bounds hold a parameter
  double upper[kMaxParams];
};

// Room of the caller.
struct KinkRoom {
  double* moved;      // num_padded: r + J d
  double* rate;       // num_padded
  KinkBreak* breaks;  // 3 num_padded
};

// Solves one model; `step` and room.moved hold the end.
class KinkModelSolver {
 public:
  double step[kMaxParams];

  // From the step given. `room` must outlive the solver's use.
  //   cost  2 to 10 rounds of some ten sums over the runs
  void solve(const KinkModel& model, const KinkRoom& room) {
    model_ = &model;
    room_ = &room;
    find_reach();
    for (int round = 0; round < kMostRounds && num_rounds_ < most_rounds_; ++round) {
      ++num_rounds_;
      move_rows(rows(), step, room.moved);
      find_gradient();
      if (is_settled() || !find_direction() || !advance()) return;
    }
    move_rows(rows(), step, room.moved);
  }

  // Rounds of all models that are solved from now on together.
  void limit_rounds(int most) {
    num_rounds_ = 0;
    most_rounds_ = most;
  }
  bool is_spent() const { return num_rounds_ >= most_rounds_; }

 private:
  static constexpr int kMostRounds = 400;
  static constexpr double kLeastPivot = 1e-11;

  const KinkRows& rows() const { return model_->rows; }
  int num() const { return rows().num_params; }

  void find_reach() {
    for (int k = 0; k < num(); ++k) {
      const double* own = rows().gradient_of(k);
      reach_[k] = sum_over_rows(rows().num_padded,
                                [&](int i) { return rows().weight[i] * std::fabs(own[i]); });
    }
  }

  void find_gradient() {
    for (int i = 0; i < rows().num_padded; ++i)
      room_->rate[i] = rows().weight[i] * model_->zone.slope(room_->moved[i]);
    for (int k = 0; k < num(); ++k) {
      const double* own = rows().gradient_of(k);
      gradient_[k] =
          sum_over_rows(rows().num_padded, [&](int i) { return room_->rate[i] * own[i]; });
      scale_[k] = 0;
      for (int l = 0; l < num(); ++l) {
        const double term = model_->curvature[packed_any(k, l)] * step[l];
        gradient_[k] += term;
        scale_[k] += std::fabs(term);
      }
      const bool held_below = step[k] <= model_->lower[k] && gradient_[k] >= 0;
      const bool held_above = step[k] >= model_->upper[k] && gradient_[k] <= 0;
      is_free_[k] = !held_below && !held_above && model_->lower[k] < model_->upper[k];
    }
  }

  bool is_settled() const {
    for (int k = 0; k < num(); ++k)
      if (is_free_[k] && !is_zero(k)) return false;
    return true;
  }

  // Whether a gradient is lost in the rounding of its terms. Their sum is found only where it may
  // be.
  bool is_zero(int k) const {
    const double size = std::fabs(gradient_[k]);
    const double least = 1e-16 * reach_[k] + 1e-13 * scale_[k];
    if (size <= least) return true;
    if (!(size <= least + 1e-13 * model_->zone.over * model_->zone.delta * reach_[k])) return false;
    const double* own = rows().gradient_of(k);
    return size <= least + 1e-13 * sum_over_rows(rows().num_padded, [&](int i) {
                             return std::fabs(room_->rate[i] * own[i]);
                           });
  }

  // C + sum of weight J J' over the runs inside, packed.
  void add_inside(double* matrix) const {
    for (int j = 0; j < num_packed(num()); ++j) matrix[j] = model_->curvature[j];
    add_outer_products(
        rows(),
        [&](int i) {
          const double r = room_->moved[i];
          return model_->zone.holds(r) ? rows().weight[i] * model_->zone.factor(r) : 0;
        },
        matrix);
  }

  // The Newton step into direction_; a parameter at a bound that it would cross is held. False if
  // nothing is left that may move.
  bool find_direction() {
    add_inside(matrix_);
    for (int round = 0; round <= num(); ++round) {
      if (!factor()) return false;
      double down[kMaxParams];
      for (int k = 0; k < num(); ++k) down[k] = -gradient_[k];
      ldl_.solve(down, direction_, num());
      if (!hold_crossing()) return true;
    }
    return false;
  }

  bool hold_crossing() {
    bool held = false;
    for (int k = 0; k < num(); ++k) {
      const bool crosses = (step[k] <= model_->lower[k] && direction_[k] < 0) ||
                           (step[k] >= model_->upper[k] && direction_[k] > 0);
      if (!is_free_[k] || !crosses) continue;
      is_free_[k] = false;
      held = true;
    }
    return held;
  }

  // Factors the matrix; where it is not positive definite, with so much of the Hessian of a
  // majoriser, which has the right metric, as makes it so.
  bool factor() {
    if (ldl_.factor(matrix_, is_free_, num(), kLeastPivot)) return true;
    double majoriser[num_packed(kMaxParams)] = {};
    add_outer_products(
        rows(),
        [&](int i) {
          const double r = room_->moved[i];
          const double share = model_->zone.holds(r) ? 1 : model_->zone.delta / std::fabs(r);
          return rows().weight[i] * model_->zone.factor(r) * share;
        },
        majoriser);
    double share = 1e-4;
    for (int attempt = 0; attempt < 24; ++attempt, share *= 30) {
      double shifted[num_packed(kMaxParams)];
      const double ridge = attempt < 2 ? 1e-12 : 1e-3;
      for (int j = 0; j < num_packed(num()); ++j) shifted[j] = matrix_[j] + share * majoriser[j];
      for (int k = 0; k < num(); ++k)
        shifted[packed(k, k)] +=
            share * (ridge * majoriser[packed(k, k)] + std::fabs(model_->curvature[packed(k, k)]));
      if (ldl_.factor(shifted, is_free_, num(), kLeastPivot)) return true;
    }
    return false;
  }

  // Moves to the least of q along the direction. False if that is where it stands.
  bool advance() {
    double most = INFINITY;
    int blocking = -1;
    for (int k = 0; k < num(); ++k) {
      if (direction_[k] == 0) continue;
      const double bound = direction_[k] > 0 ? model_->upper[k] : model_->lower[k];
      const double reaches = (bound - step[k]) / direction_[k];
      if (reaches < most) {
        most = reaches;
        blocking = k;
      }
    }
    if (blocking < 0) return false;
    rates_of_rows(rows(), direction_, room_->rate);
    const double t = least_along(line(), most, room_->breaks);
    if (t == 0) return false;
    for (int k = 0; k < num(); ++k)
      step[k] =
          std::fmin(std::fmax(step[k] + t * direction_[k], model_->lower[k]), model_->upper[k]);
    if (t == most)
      step[blocking] = direction_[blocking] > 0 ? model_->upper[blocking] : model_->lower[blocking];
    return true;
  }

  KinkLine line() const {
    double linear = 0;
    for (int k = 0; k < num(); ++k)
      for (int l = 0; l < num(); ++l)
        linear += direction_[k] * model_->curvature[packed_any(k, l)] * step[l];
    return {room_->moved,
            room_->rate,
            rows().weight,
            rows().num_padded,
            model_->zone,
            linear,
            quadratic_form(model_->curvature, direction_, num())};
  }

  int num_rounds_ = 0;
  int most_rounds_ = kMostRounds;
  const KinkModel* model_ = nullptr;
  const KinkRoom* room_ = nullptr;
  ScaledLdl ldl_;
  bool is_free_[kMaxParams];
  double gradient_[kMaxParams];
  double scale_[kMaxParams];  // of the curvature's share of the gradient
  double reach_[kMaxParams];
  double direction_[kMaxParams];
  double matrix_[num_packed(kMaxParams)];
};

}  // namespace isoloss
