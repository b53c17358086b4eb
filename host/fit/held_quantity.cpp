#include "host/fit/held_quantity.h"

#include <algorithm>
#include <cmath>

#include "fits/math.h"

namespace isoloss {
namespace {

constexpr double kSlopeStep = 5e-5;      // of a log, or of a parameter's own size
constexpr double kCurvatureStep = 1e-3;  // the same
constexpr int kMostCompletions = 60;
constexpr int kMostHalvings = 30;
constexpr double kCompleted = 1e-13;  // of the quantity's log, or relative
constexpr double kNearlyCompleted = 1e-9;

double size_of(const LawEntry& law, const double* theta, int k) {
  return law.is_log(k) ? 1 : std::fmax(std::fabs(theta[k]), 0.01);
}

}  // namespace

HeldQuantity::HeldQuantity(const LawEntry& law, const Centre& centre,
                           const std::function<double(const Theta&)>& quantity, bool by_ratio,
                           const Theta& estimate)
    : law_(law), centre_(centre), quantity_(quantity), by_ratio_(by_ratio) {
  Theta theta = estimate;
  double most = 0;
  for (int k = 0; k < law.num_params(); ++k) {
    const Bounds& bounds = law.box.bounds[k];
    const double own = theta[static_cast<std::size_t>(k)];
    if (!(bounds.lower < own && own < bounds.upper)) continue;
    const double scale = law.is_log(k) ? 1 : 0.1;
    const double moved = std::fabs(slope(theta.data(), k)) * scale * size_of(law, theta.data(), k);
    if (moved > most) {
      most = moved;
      param_ = k;
    }
  }
  for (int k = 0; k < law.num_params(); ++k)
    for (int l = 0; l <= k; ++l) curvature_[packed(k, l)] = mixed_slope(theta.data(), k, l);
}

double HeldQuantity::at(const double* theta) const {
  Theta own{};
  std::copy_n(theta, law_.num_params(), own.begin());
  const double value = quantity_(law_.from_search(own, centre_));
  return by_ratio_ ? (value > 0 ? isoloss::log(value) : NAN) : value;
}

double HeldQuantity::slope(double* theta, int k) const {
  const double own = theta[k];
  const double step = kSlopeStep * size_of(law_, theta, k);
  theta[k] = own + step;
  const double above = at(theta);
  theta[k] = own - step;
  const double below = at(theta);
  theta[k] = own;
  const double out = (above - below) / (2 * step);
  return std::isfinite(out) ? out : 0;
}

double HeldQuantity::mixed_slope(double* theta, int k, int l) const {
  const double own = theta[l];
  const double step = kCurvatureStep * size_of(law_, theta, l);
  theta[l] = own + step;
  const double above = slope(theta, k);
  theta[l] = own - step;
  const double below = slope(theta, k);
  theta[l] = own;
  return (above - below) / (2 * step);
}

bool HeldQuantity::is_inside(const double* theta) const {
  const Bounds& bounds = law_.box.bounds[param_];
  return bounds.lower <= theta[param_] && theta[param_] <= bounds.upper;
}

// Secant steps, which are halved where they leave the box or miss by more than before.
bool HeldQuantity::complete(double* theta) const {
  const double scale = by_ratio_ ? 1 : std::fmax(std::fabs(value_), 1e-300);
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
  const double own = slope(at, param_);
  for (int k = 0; k < law_.num_params(); ++k) first[k] = k == param_ ? 0 : -slope(at, k) / own;
  const auto curved = [&](int k, int l) { return curvature_[packed_any(k, l)]; };
  for (int k = 0; k < law_.num_params(); ++k)
    for (int l = 0; l <= k; ++l)
      second[packed(k, l)] =
          -(curved(k, l) + curved(k, param_) * first[l] + curved(l, param_) * first[k] +
            curved(param_, param_) * first[k] * first[l]) /
          own;
}

}  // namespace isoloss
