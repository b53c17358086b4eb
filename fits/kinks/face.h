// A level face of the optimum: where whole-number weights balance, the objective of a law that is
// linear in its parameters can be constant between two kinks.
//
// The value is then proved and theta is not unique. The canonical point of the face is that of the
// least squares over it.

#pragma once

#include <algorithm>
#include <cmath>

#include "fits/kinks/proof.h"

namespace isoloss {

struct KinkFace {
  double step[kMaxParams];   // from theta to the canonical point
  double width[kMaxParams];  // by how much each parameter may move on the face
  bool is_wide;              // wider than rounding
  bool is_endless;           // nothing but the search's bounds ends it, if anything
};

namespace detail {

class FaceFinder {
 public:
  // moved, rate: num_padded entries, room
  FaceFinder(const KinkEnd& end, const KinkLoss& loss, const KinkParams& params,
             const KinkProof& proof, double* moved, double* rate)
      : end_(end), loss_(loss), params_(params), proof_(proof), moved_(moved), rate_(rate) {}

  KinkFace find() {
    for (int k = 0; k < kMaxParams; ++k) out_.step[k] = out_.width[k] = 0;
    out_.is_wide = out_.is_endless = false;
    find_directions();
    for (int i = 0; i < end_.rows.num_padded; ++i) moved_[i] = end_.rows.residual[i];
    const int rounds = num_directions_ == 1 ? 1 : 20;
    for (int round = 0; round < rounds; ++round)
      for (int j = 0; j < num_directions_; ++j) move_along(direction_[j]);
    return out_;
  }

 private:
  // The null space of the rows inside, by elimination with the largest diagonal as pivot.
  void find_directions() {
    double inside[num_packed(kMaxParams)] = {};
    double all[num_packed(kMaxParams)] = {};
    add_outer_products(
        end_.rows, [&](int i) { return is_inside(end_, loss_, i) ? end_.rows.weight[i] : 0; },
        inside);
    add_outer_products(
        end_.rows, [&](int i) { return end_.rows.weight[i]; }, all);
    num_ = 0;
    for (int k = 0; k < params_.num; ++k) {
      if (!proof_.is_free[k]) continue;
      place_[num_] = k;
      scale_[num_++] = 1 / std::sqrt(all[packed(k, k)]);
    }
    for (int i = 0; i < num_; ++i)
      for (int j = 0; j < num_; ++j)
        matrix_[i][j] = inside[packed_any(place_[i], place_[j])] * scale_[i] * scale_[j];
    bool is_pivot[kMaxParams] = {};
    for (int pivot = largest(is_pivot); pivot >= 0; pivot = largest(is_pivot)) {
      is_pivot[pivot] = true;
      eliminate(pivot);
    }
    num_directions_ = 0;
    for (int j = 0; j < num_; ++j) {
      if (is_pivot[j]) continue;
      double* v = direction_[num_directions_++];
      for (int k = 0; k < params_.num; ++k) v[k] = 0;
      v[place_[j]] = scale_[j];
      for (int i = 0; i < num_; ++i)
        if (is_pivot[i]) v[place_[i]] = -matrix_[i][j] * scale_[i];
      for (int i = 0; i + 1 < num_directions_; ++i) take_out(direction_[i], all, v);
    }
  }

  // What v has of `other` in the metric of the residuals, so that each may be searched alone.
  void take_out(const double* other, const double* metric, double* v) const {
    double product = 0;
    for (int k = 0; k < params_.num; ++k)
      for (int l = 0; l < params_.num; ++l) product += other[k] * metric[packed_any(k, l)] * v[l];
    const double share = product / quadratic_form(metric, other, params_.num);
    for (int k = 0; k < params_.num; ++k) v[k] -= share * other[k];
  }

  int largest(const bool* is_pivot) const {
    constexpr double kRank = 1e-10;
    int best = -1;
    for (int i = 0; i < num_; ++i)
      if (!is_pivot[i] && matrix_[i][i] > kRank &&
          (best < 0 || matrix_[i][i] > matrix_[best][best]))
        best = i;
    return best;
  }

  void eliminate(int pivot) {
    const double own = matrix_[pivot][pivot];
    for (int j = 0; j < num_; ++j) matrix_[pivot][j] /= own;
    for (int i = 0; i < num_; ++i) {
      if (i == pivot) continue;
      const double factor = matrix_[i][pivot];
      for (int j = 0; j < num_; ++j) matrix_[i][j] -= factor * matrix_[pivot][j];
    }
  }

  // To the least squares along v, cut to the ends of the face.
  void move_along(const double* v) {
    rates_of_rows(end_.rows, v, rate_);
    double lower = -INFINITY;
    double upper = INFINITY;
    const double threshold = loss_.is_absolute ? 0 : loss_.zone.delta;
    for (int i = 0; i < end_.rows.num_padded; ++i) {
      if (end_.rows.weight[i] == 0 || is_inside(end_, loss_, i)) continue;
      const double side = end_.y[i] < 0 ? -1 : 1;
      cut(std::fmax(side * moved_[i] - threshold, 0), side * rate_[i], lower, upper);
    }
    if (!std::isfinite(lower) || !std::isfinite(upper)) {
      out_.is_endless = true;
      return;
    }
    for (int k = 0; k < params_.num; ++k) {
      const double at = end_.theta[k] + out_.step[k];
      cut(at - params_.bounds[k].lower, v[k], lower, upper);
      cut(params_.bounds[k].upper - at, -v[k], lower, upper);
    }
    const auto sum = [&](const double* other) {
      return sum_over_rows(end_.rows.num_padded,
                           [&](int i) { return end_.rows.weight[i] * rate_[i] * other[i]; });
    };
    const double t = std::fmin(std::fmax(-sum(moved_) / sum(rate_), lower), upper);
    for (int i = 0; i < end_.rows.num_padded; ++i) moved_[i] += t * rate_[i];
    for (int k = 0; k < params_.num; ++k) {
      out_.step[k] += t * v[k];
      out_.width[k] = std::fmax(out_.width[k], (upper - lower) * std::fabs(v[k]));
    }
    // v changes the residuals by about one in all.
    out_.is_wide |= upper - lower > 1e-12;
  }

  // t is cut to where room + t rate is not negative.
  static void cut(double room, double rate, double& lower, double& upper) {
    if (rate > 0) lower = std::fmax(lower, -room / rate);
    if (rate < 0) upper = std::fmin(upper, room / -rate);
  }

  const KinkEnd& end_;
  const KinkLoss& loss_;
  const KinkParams& params_;
  const KinkProof& proof_;
  double* moved_;
  double* rate_;
  KinkFace out_;
  double matrix_[kMaxParams][kMaxParams];
  double direction_[kMaxParams][kMaxParams];
  double scale_[kMaxParams];
  int place_[kMaxParams];
  int num_ = 0;
  int num_directions_ = 0;
};

}  // namespace detail

// The face on which `end` lies, of a point whose gradient is zero and that is linear there.
inline KinkFace find_face(const KinkEnd& end, const KinkLoss& loss, const KinkParams& params,
                          const KinkProof& proof, double* moved, double* rate) {
  return detail::FaceFinder(end, loss, params, proof, moved, rate).find();
}

}  // namespace isoloss
