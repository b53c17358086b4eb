#include "host/fit/profile_walk.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "host/base/root.h"
#include "host/fit/widen.h"
#include "host/search/search_end.h"

namespace isoloss {
namespace {

constexpr double kEndless = std::numeric_limits<double>::infinity();
constexpr double kStride = 1e-3;  // the first, of the quantity's size
constexpr double kMostGrowth = 10;
constexpr double kAimedBehind = 1.05;
constexpr double kFarLog = 200;     // a log that counts as infinite
constexpr double kFar = 1e8;        // the same of others, in sizes
constexpr double kEnd = 1e-10;      // of the way from the estimate to the end
constexpr double kShortest = 1e-6;  // a stride, of the way behind it
constexpr int kMostStrides = 200;

}  // namespace

ProfileWalk::ProfileWalk(const LawEntry& law, const RunsView& runs, const ResidualLoss& rho,
                         HeldQuantity& held, const Theta& estimate, double least, double level)
    : law_(law),
      held_(held),
      refit_(law, runs, rho, held),
      least_(least),
      level_(level),
      estimate_{held.at(estimate.data()), 0, true, estimate},
      size_(held.by_ratio() ? 1 : std::fmax(std::fabs(estimate_.at), 1e-300)) {}

std::optional<double> ProfileWalk::end(double direction) {
  const double farthest = held_.by_ratio() ? kFarLog : kFar * size_;
  Step inside = estimate_;
  double stride = kStride * size_;
  for (int num = 0; num < kMostStrides; ++num) {
    const double way = std::fabs(inside.at - estimate_.at);
    if (way > farthest) return direction * kEndless;
    const Step next = step(inside.at + direction * stride, inside);
    if (is_lower_) return {};
    if (std::isnan(next.distance)) {
      stride *= 0.5;
      if (stride > kShortest * (way + kStride * size_)) continue;
      return end_of_box(direction, inside);
    }
    if (next.distance >= 1) return crossing(inside, next, direction);
    const double aimed = kAimedBehind / std::fmax(next.distance, 1e-300) - 1;
    stride = std::fabs(next.at - estimate_.at) * std::clamp(aimed, 1.0, kMostGrowth);
    inside = next;
  }
  return {};
}

// Started from `near`, moved along the chord from the estimate.
ProfileWalk::Step ProfileWalk::step(double at, const Step& near) {
  held_.hold_at(at);
  Theta start = near.theta;
  const double chord = near.at - estimate_.at;
  const double further = chord != 0 ? (at - near.at) / chord : 0;
  for (std::size_t k = 0; k < law_.params.size(); ++k) {
    const Bounds& bounds = law_.box.bounds[k];
    start[k] = std::clamp(start[k] + further * (near.theta[k] - estimate_.theta[k]), bounds.lower,
                          bounds.upper);
  }
  KinkFit fit = refit_.fit(start);
  if (std::isnan(fit.objective)) fit = refit_.fit(near.theta);
  is_lower_ |= fit.objective < least_ * (1 - kLower);
  const double rise = (fit.objective - least_) / level_;
  return {at, std::isnan(rise) ? NAN : std::sqrt(std::fmax(rise, 0)),
          ConstrainedRefit::is_stationary(fit), fit.theta};
}

std::optional<double> ProfileWalk::crossing(const Step& inside, const Step& outside,
                                            double direction) {
  const auto excess = [&](double at) { return step(at, inside).distance - 1; };
  const double end =
      root_between(excess, {outside.at, outside.distance - 1}, {inside.at, inside.distance - 1},
                   kEnd * std::fabs(outside.at - estimate_.at));
  const Step last = step(end, inside);
  if (!last.is_proved || is_lower_) return {};
  return is_boxed(last.theta) ? direction * kEndless : end;
}

// Whether a default bound that did not hold the estimate, and is not zero, holds these.
bool ProfileWalk::is_boxed(const Theta& theta) const {
  for (std::size_t k = 0; k < law_.params.size(); ++k) {
    const int param = static_cast<int>(k);
    const Bounds& bounds = law_.box.bounds[k];
    const double own = estimate_.theta[k];
    if (law_.is_held(param) || own <= bounds.lower || own >= bounds.upper) continue;
    const bool is_below = theta[k] <= bounds.lower && law_.shown(param, bounds.lower) != 0;
    if ((is_below || theta[k] >= bounds.upper) && is_default_bound(law_, param, theta[k]))
      return true;
  }
  return false;
}

// The law knows no more of the quantity than here: its end, if it is at a zero.
double ProfileWalk::end_of_box(double direction, const Step& last) const {
  const auto param = static_cast<std::size_t>(held_.param());
  const Bounds& bounds = law_.box.bounds[param];
  const double middle = 0.5 * (bounds.lower + bounds.upper);
  const bool is_zero = last.theta[param] < middle && law_.shown(held_.param(), bounds.lower) == 0;
  return is_zero ? last.at : direction * kEndless;
}

}  // namespace isoloss
