#include "host/fit/constrained_profile.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "fits/math.h"
#include "fits/random.h"
#include "host/base/root.h"
#include "host/base/statistics.h"
#include "host/base/threads.h"
#include "host/fit/draws_report.h"
#include "host/fit/widen.h"
#include "host/search/search_end.h"
#include "host/simd/kink_finish.h"

namespace isoloss {
namespace {

constexpr double kEndless = std::numeric_limits<double>::infinity();
constexpr int kPasses = 200;
constexpr double kNoKink = 1e9;       // a delta that no residual reaches
constexpr double kShareUsable = 0.9;  // of the resamples
constexpr double kStride = 1e-3;      // the first, of a log or of the quantity
constexpr double kMostGrowth = 10;
constexpr double kAimedBehind = 1.05;
constexpr double kFarLog = 200;     // a log that counts as infinite
constexpr double kEnd = 1e-10;      // of the way from the estimate to the end
constexpr double kShortest = 1e-6;  // a stride, of the way behind it
constexpr int kMostStrides = 200;
// Of the scaled gradient where a refit ends, whose derivatives are differences. What its objective
// lacks to the least is of the order of its square.
constexpr double kStationary = 1e-6;
constexpr int kRefitsATurn = 25;

bool is_stationary(const KinkFit& fit) { return fit.scaled_gradient <= kStationary; }

ResidualLoss without_kinks(ResidualLoss rho) {
  if (rho.kind == ResidualKind::squared) {
    rho.kind = ResidualKind::huber;
    rho.huber_delta = kNoKink;
  }
  return rho;
}

// Where a walk along a profile is: the quantity, the least objective there, and how far that is up
// to the level, as a square root.
struct ProfileStep {
  double at = 0;
  double distance = 0;
  bool is_proved = false;
  Theta theta{};
};

class Constrained {
 public:
  Constrained(const LawEntry& law, const RunsView& runs, const ResidualLoss& rho,
              const HeldQuantity& held)
      : law_(law), runs_(runs), rho_(without_kinks(rho)), held_(held) {}

  // From a theta that is completed first. The objective is NaN where that fails.
  KinkFit fit(Theta theta) const {
    KinkFit out;
    out.objective = out.scaled_gradient = NAN;
    if (!held_.complete(theta.data())) return out;
    return finish_at_kinks(law_.kernels(simd_level()), runs_, rho_, theta.data(), law_.box, kPasses,
                           &held_);
  }

 private:
  const LawEntry& law_;
  const RunsView& runs_;
  const ResidualLoss rho_;
  const HeldQuantity& held_;
};

// Both ends of one quantity's interval.
class ProfileWalk {
 public:
  ProfileWalk(const LawEntry& law, const RunsView& runs, const ResidualLoss& rho,
              HeldQuantity& held, const Theta& estimate, double least, double level)
      : law_(law),
        held_(held),
        refit_(law, runs, rho, held),
        least_(least),
        level_(level),
        by_unit_(std::fmax(std::fabs(held.at(estimate.data())), 1e-300)),
        estimate_{held.at(estimate.data()), 0, true, estimate} {}

  // On one side; nothing where a refit is not proved or lower than the fit. by_ratio: what is held
  // is a log.
  std::optional<double> end(double direction, bool by_ratio) {
    ProfileStep inside = estimate_;
    double stride = kStride * (by_ratio ? 1 : by_unit_);
    for (int num = 0; num < kMostStrides; ++num) {
      const double way = std::fabs(inside.at - estimate_.at);
      if (way > (by_ratio ? kFarLog : 1e8 * by_unit_)) return direction * kEndless;
      const ProfileStep next = step(inside.at + direction * stride, inside);
      if (is_lower_) return {};
      if (std::isnan(next.distance)) {
        stride *= 0.5;
        if (stride > kShortest * (way + kStride * (by_ratio ? 1 : by_unit_))) continue;
        return end_of_box(direction, inside);
      }
      if (next.distance >= 1) return crossing(inside, next, direction);
      const double gained = std::fmax(next.distance, 1e-300);
      const double grown = std::clamp(kAimedBehind / gained - 1, 1.0, kMostGrowth);
      stride = std::fabs(next.at - estimate_.at) * grown;
      inside = next;
    }
    return {};
  }

  bool is_lower() const { return is_lower_; }

 private:
  ProfileStep step(double at, const ProfileStep& near) {
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
    return {at, std::isnan(rise) ? NAN : std::sqrt(std::fmax(rise, 0)), is_stationary(fit),
            fit.theta};
  }

  std::optional<double> crossing(const ProfileStep& inside, const ProfileStep& outside,
                                 double direction) {
    ProfileStep last = outside;
    const auto excess = [&](double at) {
      last = step(at, inside);
      return last.distance - 1;
    };
    const double end =
        root_between(excess, {outside.at, outside.distance - 1}, {inside.at, inside.distance - 1},
                     kEnd * std::fabs(outside.at - estimate_.at));
    last = step(end, inside);
    if (!last.is_proved || is_lower_) return {};
    return is_boxed(last.theta) ? direction * kEndless : end;
  }

  // Whether a default bound that did not hold the estimate, and is not zero, holds these.
  bool is_boxed(const Theta& theta) const {
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
  double end_of_box(double direction, const ProfileStep& last) const {
    const auto param = static_cast<std::size_t>(held_.param());
    const Bounds& bounds = law_.box.bounds[param];
    const double middle = 0.5 * (bounds.lower + bounds.upper);
    const bool is_zero = last.theta[param] < middle && law_.shown(held_.param(), bounds.lower) == 0;
    return is_zero ? last.at : direction * kEndless;
  }

  const LawEntry& law_;
  HeldQuantity& held_;
  const Constrained refit_;
  const double least_;
  const double level_;
  const double by_unit_;
  const ProfileStep estimate_;
  bool is_lower_ = false;
};

}  // namespace

ConstrainedProfiles::ConstrainedProfiles(const Problem& problem, const Units& units,
                                         const FitOptions& searched, const FitResult& result)
    : problem_(problem),
      units_(units),
      searched_(searched),
      result_(result),
      least_(result.objective / objective_unit(result)) {
  if (!result.profile.left_out.empty()) return;
  const int freedom = result.profile.degrees_of_freedom;
  const double t = student_t(result.options.confidence, freedom);
  known_level_ = t * t * least_ / freedom;
}

std::unique_ptr<const ConstrainedProfiles> ConstrainedProfiles::of(const Problem& problem,
                                                                   const Units& units,
                                                                   const FitOptions& searched,
                                                                   const FitResult& result) {
  const bool is_proved = result.status == Status::converged || result.status == Status::at_bound;
  if (!is_proved || !(result.objective > 0)) return {};
  std::unique_ptr<const ConstrainedProfiles> out(
      new ConstrainedProfiles(problem, units, searched, result));
  const bool has_draws = result.options.num_resamples >= kFewestResamples;
  if (!out->known_level_ && (!has_draws || result.bootstrap.withheld)) return {};
  return out;
}

std::optional<double> ConstrainedProfiles::level_of(HeldQuantity& held) const {
  return known_level_ ? known_level_ : bootstrapped_level(held);
}

std::optional<double> ConstrainedProfiles::bootstrapped_level(HeldQuantity& held) const {
  const LawEntry& law = *result_.law;
  const int num = std::min(kMostResamples, result_.options.num_resamples);
  held.hold_at(held.at(result_.bound_theta.data()));
  std::vector<double> rises(static_cast<std::size_t>(num), NAN);
  parallel_for((num + kRefitsATurn - 1) / kRefitsATurn, num_threads_to_use(searched_.num_threads),
               [&](int turn, int) {
                 WeightedRuns runs(problem_.view(), law.num_inputs());
                 const int first = turn * kRefitsATurn;
                 for (int i = first; i < std::min(num, first + kRefitsATurn); ++i)
                   rises[static_cast<std::size_t>(i)] = rise_of(i, held, runs);
               });
  std::erase_if(rises, [](double rise) { return std::isnan(rise); });
  const auto rank = static_cast<std::size_t>(
      std::ceil(result_.options.confidence * static_cast<double>(rises.size() + 1)));
  if (static_cast<double>(rises.size()) < kShareUsable * num || rank > rises.size()) return {};
  const auto own = rises.begin() + static_cast<std::ptrdiff_t>(rank) - 1;
  std::nth_element(rises.begin(), own, rises.end());
  return *own;
}

// NaN where it has none.
double ConstrainedProfiles::rise_of(int resample, const HeldQuantity& held,
                                    WeightedRuns& runs) const {
  const auto draw = static_cast<std::size_t>(resample);
  if (result_.draw_degenerate[draw] || !result_.draw_converged[draw]) return NAN;
  std::vector<std::uint16_t> counts(static_cast<std::size_t>(units_.num_units));
  resample_counts(searched_.seed, draw, static_cast<std::uint32_t>(units_.num_units), counts.data(),
                  units_.strata_or_null());
  const RunsView& drawn = runs.select(counts.data(), units_.of_row.data());
  const KinkFit fit =
      Constrained(*result_.law, drawn, searched_.residual_loss, held).fit(result_.bound_theta);
  const double own = result_.draw_objective[draw] / objective_unit(result_);
  return is_stationary(fit) ? std::fmax(fit.objective - own, 0) : NAN;
}

std::optional<Interval> ConstrainedProfiles::interval(
    const std::function<double(const Theta&)>& quantity, bool by_ratio) const {
  const LawEntry& law = *result_.law;
  const Theta& estimate = result_.bound_theta;
  by_ratio = by_ratio && quantity(result_.theta) > 0;
  HeldQuantity held(law, problem_.centre(), quantity, by_ratio, estimate);
  if (!held.can_be_held() || !std::isfinite(held.at(estimate.data()))) return {};
  const std::optional<double> level = level_of(held);
  if (!level || !(*level > 0)) return {};
  ProfileWalk walk(law, problem_.view(), searched_.residual_loss, held, estimate, least_, *level);
  const std::optional<double> lower = walk.end(-1, by_ratio);
  const std::optional<double> upper = walk.end(1, by_ratio);
  if (walk.is_lower()) met_lower_ = true;
  if (!lower || !upper) return {};
  if (!by_ratio) return Interval{*lower, *upper};
  return Interval{isoloss::exp(*lower), isoloss::exp(*upper)};
}

}  // namespace isoloss
