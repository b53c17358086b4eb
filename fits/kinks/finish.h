// The finish of a fit with kinks: from near its optimum to where rounding ends it.
//
// With noise far above Huber's delta few residuals are inside delta, the Hessian is singular, and
// Newton's method does not move. Here a trust region holds steps of the whole piecewise quadratic
// model (fits/kinks/model.h), which knows which residuals cross delta on the way (Fletcher 1982,
// Math. Prog. Study 17:67). A curved residual that should stay inside delta leaves it by the square
// of the step: a second-order correction takes that back.

#pragma once

#include <algorithm>
#include <cmath>

#include "fits/kinks/coordinates.h"
#include "fits/kinks/multipliers.h"
#include "fits/stopping.h"

namespace isoloss {

// The loss of the residuals, in Huber's units or as it is.
struct KinkLoss {
  bool is_absolute;
  KinkZone zone;  // Huber's

  double sum(const KinkRows& rows, const double* residual) const {
    return is_absolute ? absolute_sum(rows, residual) : huber_sum(rows, residual, zone);
  }
  double slope(double r) const {
    if (is_absolute) return r < 0 ? -1 : (r > 0 ? 1 : 0);
    return zone.slope(r);
  }
};

// Memory of the caller, each of num_padded entries but for the last.
struct KinkMemory {
  KinkPoint point[3];
  double* y;        // multipliers: slopes of the loss at the model's end
  double* trial_y;  // of the model that is solved now
  double* moved;
  double* rate;
  double* shifted;
  KinkBreak* breaks;  // 3 num_padded
};

// Largest |sum of terms| over the sum of their sizes, of the gradients that may not be zero.
inline double scaled_gradient_of(const KinkRows& rows, const double* y, const KinkParams& params,
                                 const double* theta) {
  double largest = 0;
  for (int k = 0; k < params.num; ++k) {
    const double* own = rows.gradient_of(k);
    const auto term = [&](int i) { return rows.weight[i] * y[i] * own[i]; };
    const double g = sum_over_rows(rows.num_padded, term);
    const bool held_below = theta[k] <= params.bounds[k].lower && g >= 0;
    const bool held_above = theta[k] >= params.bounds[k].upper && g <= 0;
    if (held_below || held_above || g == 0) continue;
    const double size = sum_over_rows(rows.num_padded, [&](int i) { return std::fabs(term(i)); });
    largest = std::fmax(largest, std::fabs(g) / size);
  }
  return largest;
}

// Pass(theta, y, KinkPoint&) linearises the law at theta, with the curvature for the slopes y; for
// null, those of the loss there. It fills in everything of a point but the value.
template <class Pass>
class KinkFinish {
 public:
  KinkFinish(Pass& pass, const KinkLoss& loss, const KinkParams& params, const double* weight,
             int num_padded, KinkMemory& memory)
      : pass_(pass),
        loss_(loss),
        params_(params),
        memory_(memory),
        room_{memory.moved, memory.rate, memory.breaks} {
    model_.rows = {nullptr, nullptr, weight, num_padded, params.num};
    model_.zone = loss.zone;
    total_weight_ = sum_over_rows(num_padded, [&](int i) { return weight[i]; });
  }

  // From theta, num parameters inside the bounds, with at most most_passes over the law.
  void run(const double* theta, int most_passes) {
    most_passes_ = most_passes;
    solver_.limit_rounds(kRoundsAPass * most_passes);
    at_ = &memory_.point[0];
    trial_ = &memory_.point[1];
    spare_ = &memory_.point[2];
    evaluate(theta, nullptr, *at_);
    if (!std::isfinite(at_->value)) return;
    use_own_slopes();
    if (is_linear()) radius_ = kLargestRadius;
    bool taken = true;
    while (taken && passes_ < most_passes_ && radius_ > kLeastRadius && !solver_.is_spent())
      taken = go();
    if (!taken && loss_.is_absolute) keep_flatter_multipliers();
  }

  // The end, and the multipliers there: Huber's slopes, or of absolute residuals the model's.
  const KinkPoint& at() const { return *at_; }
  KinkRows rows() const { return rows_of(*at_); }
  const double* y() const { return memory_.y; }
  double total_weight() const { return total_weight_; }
  int passes() const { return passes_; }

 private:
  static constexpr double kFirstRadius = 0.1;
  static constexpr double kLargestRadius = 1e3;
  static constexpr double kLeastRadius = 1e-14;
  static constexpr int kSmallSteps = 8;
  // Most rounds of models, on average: a pass takes 2 to 10 where a fit gets anywhere, and the edge
  // of what runs tell of a law can take thousands.
  static constexpr int kRoundsAPass = 100;

  KinkRows rows_of(const KinkPoint& point) const {
    KinkRows rows = model_.rows;
    rows.residual = point.residual;
    rows.gradient = point.gradient;
    return rows;
  }

  void evaluate(const double* theta, const double* y, KinkPoint& point) {
    for (int k = 0; k < params_.num; ++k) point.theta[k] = theta[k];
    pass_(point.theta, y, point);
    point.value = loss_.sum(rows_of(point), point.residual);
    ++passes_;
  }

  void use_own_slopes() {
    for (int i = 0; i < model_.rows.num_padded; ++i) memory_.y[i] = loss_.slope(at_->residual[i]);
  }

  // A law that is linear in its parameters is its own model.
  bool is_linear() const {
    bool is_free[kMaxParams];
    for (int k = 0; k < params_.num; ++k)
      is_free[k] = params_.bounds[k].lower < params_.bounds[k].upper;
    return !has_curvature(rows(), memory_.y, at_->curvature, is_free);
  }

  // One step of the trust region. False at the end.
  bool go() {
    solve_model();
    const double predicted = at_->value - model_value_;
    if (!(predicted > 0)) return false;
    double theta[kMaxParams];
    coordinates_.move(at_->theta, solver_.step, params_, theta);
    evaluate(theta, memory_.trial_y, *trial_);
    if (predicted <= 1e-10 * at_->value + 1e-28) return take_if_flatter();
    double gain = at_->value - trial_->value;
    const bool corrected = !(gain > 0.25 * predicted) && correct();
    if (corrected) gain = at_->value - trial_->value;
    judge(gain / predicted, coordinates_.share_used(solver_.step, params_.num), corrected);
    return true;
  }

  void solve_model() {
    model_.rows = rows_of(*at_);
    coordinates_.choose(*at_, params_, radius_, total_weight_, model_);
    const int num_padded = model_.rows.num_padded;
    if (loss_.is_absolute) {
      for (int i = 0; i < num_padded; ++i) memory_.trial_y[i] = first_model_ ? 0 : memory_.y[i];
      unit_ = solve_absolute_model(model_, at_->value, total_weight_, solver_, room_,
                                   memory_.trial_y, memory_.shifted, scaled_);
    } else {
      for (int k = 0; k < params_.num; ++k) solver_.step[k] = 0;
      solver_.solve(model_, room_);
      for (int i = 0; i < num_padded; ++i) memory_.trial_y[i] = loss_.zone.slope(room_.moved[i]);
    }
    first_model_ = false;
    model_value_ = loss_.sum(model_.rows, room_.moved) +
                   0.5 * quadratic_form(model_.curvature, solver_.step, params_.num);
  }

  // Below the rounding of the objective the gradient tells whether the trial is better.
  bool take_if_flatter() {
    if (!(trial_->value <= at_->value * (1 + 1e-12) + kExactObjective)) return false;
    const double before = scaled_gradient_of(rows_of(*at_), memory_.y, params_, at_->theta);
    if (!loss_.is_absolute)
      for (int i = 0; i < model_.rows.num_padded; ++i)
        memory_.trial_y[i] = loss_.slope(trial_->residual[i]);
    const double after =
        scaled_gradient_of(rows_of(*trial_), memory_.trial_y, params_, trial_->theta);
    if (!(after < before)) return false;
    take_trial();
    return after >= 1e-14 && ++small_steps_ < kSmallSteps;
  }

  // A step that was not taken may still have told the multipliers of where it began.
  void keep_flatter_multipliers() {
    const KinkRows rows = rows_of(*at_);
    if (scaled_gradient_of(rows, memory_.trial_y, params_, at_->theta) <
        scaled_gradient_of(rows, memory_.y, params_, at_->theta))
      std::swap(memory_.y, memory_.trial_y);
  }

  void take_trial() {
    std::swap(at_, trial_);
    std::swap(memory_.y, memory_.trial_y);
    if (!loss_.is_absolute) use_own_slopes();
  }

  // Takes the curvature of the residuals inside delta back: true if that is lower.
  bool correct() {
    if (passes_ >= most_passes_) return false;
    double matrix[num_packed(kMaxParams)];
    bool is_free[kMaxParams];
    double miss[kMaxParams];
    double back[kMaxParams];
    for (int j = 0; j < num_packed(params_.num); ++j) matrix[j] = unit_ * model_.curvature[j];
    const auto weight = [&](int i) {
      return is_inside(i) ? model_.rows.weight[i] * loss_.zone.factor(room_.moved[i]) : 0;
    };
    add_outer_products(model_.rows, weight, matrix);
    for (int k = 0; k < params_.num; ++k) {
      const double* own = model_.rows.gradient_of(k);
      is_free[k] = solver_.step[k] > model_.lower[k] && solver_.step[k] < model_.upper[k];
      miss[k] = -sum_over_rows(model_.rows.num_padded, [&](int i) {
        const double off = is_inside(i) ? trial_->residual[i] - room_.moved[i] : 0;
        return weight(i) * own[i] * off;
      });
    }
    if (!ldl_.factor(matrix, is_free, params_.num, 1e-11)) return false;
    ldl_.solve(miss, back, params_.num);
    for (int k = 0; k < params_.num; ++k) back[k] += solver_.step[k];
    double theta[kMaxParams];
    coordinates_.move(at_->theta, back, params_, theta);
    evaluate(theta, memory_.trial_y, *spare_);
    if (!(spare_->value < trial_->value) && std::isfinite(trial_->value)) return false;
    std::swap(trial_, spare_);
    return true;
  }

  // At the model's end.
  bool is_inside(int i) const {
    return loss_.is_absolute ? std::fabs(memory_.trial_y[i]) < 1 : loss_.zone.holds(room_.moved[i]);
  }

  void judge(double ratio, double used, bool corrected) {
    if (!(ratio > 1e-4)) {
      radius_ *= 0.25 * std::fmin(used, 1);
      return;
    }
    if (ratio < 0.25) radius_ *= 0.5 * std::fmin(used, 1);
    if (ratio > 0.75 && used > 0.5)
      radius_ = std::fmin(radius_ * (corrected ? 1.5 : 4), kLargestRadius);
    take_trial();
  }

  Pass& pass_;
  const KinkLoss loss_;
  const KinkParams params_;
  KinkMemory& memory_;
  const KinkRoom room_;
  KinkModel model_;
  KinkModel scaled_;  // of absolute residuals
  KinkModelSolver solver_;
  KinkCoordinates coordinates_;
  ScaledLdl ldl_;
  KinkPoint* at_ = nullptr;
  KinkPoint* trial_ = nullptr;
  KinkPoint* spare_ = nullptr;
  double total_weight_ = 0;
  double model_value_ = 0;
  double unit_ = 1;  // of the curvature beside the rows inside
  double radius_ = kFirstRadius;
  int most_passes_ = 0;
  int passes_ = 0;
  int small_steps_ = 0;
  bool first_model_ = true;
};

}  // namespace isoloss
