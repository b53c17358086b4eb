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
constexpr double kStride = 0.1;  // the first, of what the runs see
constexpr double kLongestLogStride = 1;
constexpr double kMostGrowth = 10;
constexpr double kAimedBehind = 1.05;
constexpr double kFarLog = 200;     // a log that counts as infinite
constexpr double kFar = 1e8;        // the same of others, in sizes
constexpr double kEnd = 1e-10;      // of the way from the estimate to the end
constexpr double kShortest = 1e-6;  // a stride, of the way behind it
constexpr int kMostStrides = 200;
constexpr double kNearBound = 1e-3;  // of the bound, or of one
constexpr double kAtLevel = 1e-3;    // of the way up to the level, as a square root

}  // namespace

ProfileWalk::ProfileWalk(const LawEntry& law, const RunsView& runs, const ResidualLoss& rho,
                         HeldQuantity& held, const Theta& estimate, double least, double level)
    : law_(law),
      held_(held),
      refit_(law, runs, rho, held),
      least_(least),
      level_(level),
      estimate_{held.at(estimate.data()), 0, true, estimate},
      size_(held.by_ratio() ? std::fmin(held.reach(), kLongestLogStride) : held.reach()) {}

std::optional<double> ProfileWalk::end(double direction) {
  const double farthest = held_.by_ratio() ? kFarLog : kFar * size_;
  Step inside = estimate_;
  double stride = kStride * size_;
  for (int num = 0; num < kMostStrides; ++num) {
    const double way = std::fabs(inside.at - estimate_.at);
    if (way > farthest) return direction * kEndless;
    const Step next = step(inside.at + direction * stride, inside);
    if (is_lower_) return {};
    // What is not proved may be lower than it seems.
    if (std::isnan(next.distance) || (next.distance >= 1 && !next.is_proved)) {
      stride *= 0.5;
      if (stride > kShortest * (way + kStride * size_)) continue;
      return zero_behind(direction, inside);
    }
    if (next.distance >= 1) return crossing(inside, next, direction);
    const double aimed = kAimedBehind / std::fmax(next.distance, 1e-300) - 1;
    stride = std::fabs(next.at - estimate_.at) * std::clamp(aimed, 1.0, kMostGrowth);
    inside = next;
  }
  return {};
}

// From the first start that leads to a proof; and from where weights that were zero are not.
KinkFit ProfileWalk::best_refit(const Theta& start, const Theta& near) const {
  KinkFit out = refit_.fit(start);
  const auto try_from = [&](const Theta& other) {
    const KinkFit own = refit_.fit(other);
    if (own.objective < out.objective || std::isnan(out.objective)) out = own;
  };
  for (const Theta& other : {near, estimate_.theta})
    if (!ConstrainedRefit::is_stationary(out)) try_from(other);
  Theta revived = start;
  if (held_.revive(revived.data())) try_from(revived);
  return out;
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
  const KinkFit fit = best_refit(start, near.theta);
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
  const bool is_there = std::fabs(last.distance - 1) < kAtLevel;  // else the refits jump there
  if (!last.is_proved || !is_there || is_lower_) return {};
  const bool is_boxed = is_held_by_default(law_, last.theta, estimate_.theta, -1);
  return is_boxed ? direction * kEndless : end;
}

// Of a parameter, or of a weight at any size of its inputs, that the law takes to zero: where the
// walk ended at that bound.
std::optional<double> ProfileWalk::zero_behind(double direction, const Step& last) const {
  const int param = held_.param();
  const double bound = law_.box.bounds[param].lower;
  const double own = last.theta[static_cast<std::size_t>(param)];
  const bool is_near = own - bound <= kNearBound * std::fmax(std::fabs(bound), 1);
  if (!is_near || !is_zero_below(law_, param)) return {};
  Theta there = last.theta;
  there[static_cast<std::size_t>(param)] = bound;
  const double at = held_.at(there.data());
  if (held_.by_ratio() && !std::isfinite(at)) return direction * kEndless;  // the log of zero
  if (held_.is_param() && !held_.by_ratio()) return at;
  return {};
}

}  // namespace isoloss
