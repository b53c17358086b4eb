#include "host/fit/held_quantity.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "fits/math.h"
#include "fits/newton_step.h"

namespace isoloss {
namespace {

constexpr double kSlopeStep = 5e-5;      // of a log, or of a parameter's own size
constexpr double kCurvatureStep = 1e-3;  // the same
constexpr double kLeastExponentSize = 0.01;
constexpr double kNoSlope = 1e-9;     // of the largest
constexpr double kVanished = 0.01;    // of a weight's reach
constexpr double kWeightStep = 1e-3;  // the same
constexpr double kRevived = 0.3;      // the same
constexpr int kMostCompletions = 60;
constexpr int kMostHalvings = 30;
constexpr double kCompleted = 1e-13;  // of the quantity's log, or of its size
constexpr double kNearlyCompleted = 1e-9;

}  // namespace

HeldQuantity::HeldQuantity(const LawEntry& law, const Centre& centre,
                           const std::function<double(const Theta&)>& quantity, bool by_ratio,
                           const Theta& estimate, const Theta& reach, int way)
    : law_(law),
      centre_(centre),
      quantity_(quantity),
      by_ratio_(by_ratio),
      estimate_(estimate),
      reach_(reach) {
  Theta theta = estimate;
  std::vector<std::pair<double, int>> moved;  // less what the quantity moves, and the parameter
  for (int k = 0; k < law.num_params(); ++k) {
    const auto own = static_cast<std::size_t>(k);
    const Bounds& bounds = law.box.bounds[k];
    if (!(bounds.lower < theta[own] && theta[own] < bounds.upper)) continue;
    moved.emplace_back(-std::fabs(slope(theta.data(), k)) * reach[own], k);
  }
  std::sort(moved.begin(), moved.end());
  const double least = moved.empty() ? 0 : kNoSlope * moved.front().first;
  std::erase_if(moved, [&](const auto& own) { return !(own.first < least); });
  if (way >= static_cast<int>(moved.size())) return;
  quantity_reach_ = -moved.front().first;
  param_ = moved[static_cast<std::size_t>(way)].second;
  is_param_ = moved.size() == 1;
}

double HeldQuantity::size_of(const double* theta, int k) const {
  if (law_.is_log(k)) return 1;
  const double own = std::fabs(theta[k]);
  if (!is_wide(law_.box.bounds[k])) return std::fmax(own, kLeastExponentSize);
  const double size = std::fmax(own, reach_[static_cast<std::size_t>(k)]);
  return size > 0 ? size : 1;
}

double HeldQuantity::at(const double* theta) const {
  Theta own{};
  std::copy_n(theta, law_.num_params(), own.begin());
  const double value = quantity_(law_.from_search(own, centre_));
  return by_ratio_ ? (value > 0 ? isoloss::log(value) : NAN) : value;
}

bool HeldQuantity::has_vanished(const double* theta, int k) const {
  const auto own = static_cast<std::size_t>(k);
  return law_.is_log(k) && isoloss::exp(theta[k] - estimate_[own]) < kVanished * reach_[own];
}

bool HeldQuantity::revive(double* theta) const {
  bool out = false;
  for (int k = 0; k < law_.num_params(); ++k) {
    const auto place = static_cast<std::size_t>(k);
    if (k == param_ || !is_free(k) || !has_vanished(theta, k)) continue;
    theta[k] = std::fmin(estimate_[place] + isoloss::log(kRevived * reach_[place]),
                         law_.box.bounds[k].upper);
    out = true;
  }
  return out;
}

// By a step of the weight itself: of its log none shows.
double HeldQuantity::slope_of_vanished(double* theta, int k) const {
  const auto place = static_cast<std::size_t>(k);
  const double own = theta[k];
  const double weight = isoloss::exp(own - estimate_[place]);
  const double step = kWeightStep * reach_[place];
  const double before = at(theta);
  theta[k] = estimate_[place] + isoloss::log(weight + step);
  const double out = weight * (at(theta) - before) / step;
  theta[k] = own;
  return std::isfinite(out) ? out : 0;
}

double HeldQuantity::slope(double* theta, int k) const {
  if (has_vanished(theta, k)) return slope_of_vanished(theta, k);
  const double own = theta[k];
  const double step = kSlopeStep * size_of(theta, k);
  theta[k] = own + step;
  const double above = at(theta);
  theta[k] = own - step;
  const double below = at(theta);
  theta[k] = own;
  const double out = (above - below) / (2 * step);
  return std::isfinite(out) ? out : 0;
}

double HeldQuantity::slope_of_slope(double* theta, int k, int l) const {
  const double own = theta[l];
  const double step = kCurvatureStep * size_of(theta, l);
  theta[l] = own + step;
  const double above = slope_of_vanished(theta, k);
  theta[l] = own - step;
  const double below = slope_of_vanished(theta, k);
  theta[l] = own;
  return (above - below) / (2 * step);
}

double HeldQuantity::mixed_slope(double* theta, int k, int l) const {
  if (has_vanished(theta, l)) std::swap(k, l);
  if (has_vanished(theta, k)) return k == l ? slope(theta, k) : slope_of_slope(theta, k, l);
  const double step[2] = {kCurvatureStep * size_of(theta, k), kCurvatureStep * size_of(theta, l)};
  const double own[2] = {theta[k], theta[l]};
  const auto moved = [&](double times_k, double times_l) {
    theta[k] = own[0] + times_k * step[0];
    theta[l] = (k == l ? theta[k] : own[1]) + times_l * step[1];
    const double out = at(theta);
    theta[k] = own[0];
    theta[l] = own[1];
    return out;
  };
  const double out = k == l ? (moved(1, 0) - 2 * moved(0, 0) + moved(-1, 0)) / (step[0] * step[0])
                            : (moved(1, 1) - moved(1, -1) - moved(-1, 1) + moved(-1, -1)) /
                                  (4 * step[0] * step[1]);
  return std::isfinite(out) ? out : 0;
}

bool HeldQuantity::is_inside(const double* theta) const {
  const Bounds& bounds = law_.box.bounds[param_];
  return bounds.lower <= theta[param_] && theta[param_] <= bounds.upper;
}

// Secant steps, which are halved where they leave the box or miss by more than before.
bool HeldQuantity::complete(double* theta) const {
  const double scale = by_ratio_ ? 1 : std::fmax(std::fabs(value_), quantity_reach_);
  double miss = at(theta) - value_;
  double rise = std::fabs(miss) > kCompleted * scale ? slope(theta, param_) : 1;
  for (int round = 0; round < kMostCompletions && std::fabs(miss) > kCompleted * scale; ++round) {
    const double from = theta[param_];
    double step = -miss / rise;
    double next = NAN;
    for (int halving = 0; halving < kMostHalvings && std::isfinite(step); ++halving, step *= 0.5) {
      theta[param_] = from + step;
      next = is_inside(theta) ? at(theta) - value_ : NAN;
      if (std::fabs(next) < std::fabs(miss)) break;
    }
    if (!(std::fabs(next) < std::fabs(miss))) {
      theta[param_] = from;
      break;
    }
    rise = (next - miss) / step;
    miss = next;
  }
  return std::fabs(miss) <= kNearlyCompleted * scale && is_inside(theta);
}

void HeldQuantity::differentiate(const double* theta, double* first, double* second) const {
  double at[kMaxParams];
  std::copy_n(theta, law_.num_params(), at);
  double curved[num_packed(kMaxParams)] = {};
  const double own = slope(at, param_);
  for (int k = 0; k < law_.num_params(); ++k) {
    first[k] = k == param_ || !is_free(k) ? 0 : -slope(at, k) / own;
    for (int l = 0; l <= k; ++l)
      if (is_free(k) && is_free(l)) curved[packed(k, l)] = mixed_slope(at, k, l);
  }
  for (int k = 0; k < law_.num_params(); ++k)
    for (int l = 0; l <= k; ++l)
      second[packed(k, l)] = -(curved[packed(k, l)] + curved[packed_any(k, param_)] * first[l] +
                               curved[packed_any(l, param_)] * first[k] +
                               curved[packed(param_, param_)] * first[k] * first[l]) /
                             own;
}

}  // namespace isoloss
