#include "host/fit/constrained_profile.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "fits/math.h"
#include "host/base/statistics.h"
#include "host/base/threads.h"
#include "host/fit/draws_report.h"
#include "host/fit/linearised_runs.h"
#include "host/fit/profile.h"
#include "host/fit/profile_walk.h"

namespace isoloss {
namespace {

constexpr double kShareUsable = 0.9;  // of the resamples
constexpr int kRefitsATurn = 25;
// Where so many of the first are lost, the others are not tried.
constexpr int kPilotRefits = 50;
constexpr double kPilotShare = 0.7;
constexpr int kMostWays = 3;

}  // namespace

ConstrainedProfiles::ConstrainedProfiles(const Problem& problem, const Units& units,
                                         const FitOptions& searched, const FitResult& result)
    : problem_(problem),
      units_(units),
      searched_(searched),
      result_(result),
      least_(result.objective / objective_unit(result)) {
  find_reach();
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
  if (!is_proved || goes_through_runs(problem, result)) return {};
  std::unique_ptr<const ConstrainedProfiles> out(
      new ConstrainedProfiles(problem, units, searched, result));
  const bool can_bootstrap = result.status == Status::converged && result.options.num_resamples > 0;
  if (!out->known_level_ && !can_bootstrap) return {};
  return out;
}

void ConstrainedProfiles::find_reach() {
  const RunsView runs = problem_.view();
  LinearisedRuns rows(result_.law->tape(), runs);
  rows.find_at(result_.bound_theta.data());
  for (int k = 0; k < result_.law->num_params(); ++k) {
    double square = 0;
    for (int i = 0; i < runs.num_runs; ++i)
      square += runs.weight[i] * rows.gradient(i, k) * rows.gradient(i, k);
    if (square > 0) reach_[static_cast<std::size_t>(k)] = std::sqrt(2 * least_ / square);
  }
}

std::optional<double> ConstrainedProfiles::level_of(Ways& ways) const {
  return known_level_ ? known_level_ : bootstrapped_level(ways);
}

std::optional<double> ConstrainedProfiles::bootstrapped_level(Ways& ways) const {
  const int num = std::min(kMostResamples, result_.options.num_resamples);
  for (HeldQuantity& held : ways) held.hold_at(held.at(result_.bound_theta.data()));
  std::vector<double> rises = rises_of(0, std::min(num, kPilotRefits), ways);
  if (static_cast<double>(rises.size()) < kPilotShare * std::min(num, kPilotRefits)) return {};
  const std::vector<double> others = rises_of(kPilotRefits, num, ways);
  rises.insert(rises.end(), others.begin(), others.end());
  const auto rank = static_cast<std::size_t>(
      std::ceil(result_.options.confidence * static_cast<double>(rises.size() + 1)));
  if (static_cast<double>(rises.size()) < kShareUsable * num || rank > rises.size()) return {};
  const auto own = rises.begin() + static_cast<std::ptrdiff_t>(rank) - 1;
  std::nth_element(rises.begin(), own, rises.end());
  return *own;
}

// Of those of resamples [first, end) that have one, in their order.
std::vector<double> ConstrainedProfiles::rises_of(int first, int end, const Ways& ways) const {
  std::vector<double> out(static_cast<std::size_t>(std::max(end - first, 0)), NAN);
  const int num_turns = (static_cast<int>(out.size()) + kRefitsATurn - 1) / kRefitsATurn;
  parallel_for(num_turns, num_threads_to_use(searched_.num_threads), [&](int turn, int) {
    ResampledRuns runs(problem_.view(), result_.law->num_inputs(), units_.of_row.data(),
                       units_.num_units, units_.strata_or_null());
    const int begin = turn * kRefitsATurn;
    for (int i = begin; i < std::min(static_cast<int>(out.size()), begin + kRefitsATurn); ++i)
      out[static_cast<std::size_t>(i)] = rise_of(first + i, ways, runs);
  });
  std::erase_if(out, [](double rise) { return std::isnan(rise); });
  return out;
}

// NaN where it has none.
double ConstrainedProfiles::rise_of(int resample, const Ways& ways, ResampledRuns& runs) const {
  const auto draw = static_cast<std::size_t>(resample);
  if (result_.draw_degenerate[draw] || !result_.draw_converged[draw]) return NAN;
  const RunsView& drawn = runs.draw(searched_.seed, draw);
  const double own = result_.draw_objective[draw] / objective_unit(result_);
  for (const HeldQuantity& held : ways) {
    const KinkFit fit = ConstrainedRefit(*result_.law, drawn, searched_.residual_loss, held)
                            .fit(result_.bound_theta);
    if (ConstrainedRefit::is_stationary(fit)) return std::fmax(fit.objective - own, 0);
  }
  return NAN;
}

std::optional<double> ConstrainedProfiles::end_of(double direction, double level,
                                                  Ways& ways) const {
  for (HeldQuantity& held : ways) {
    ProfileWalk walk(*result_.law, problem_.view(), searched_.residual_loss, held,
                     result_.bound_theta, least_, level);
    const std::optional<double> end = walk.end(direction);
    if (walk.is_lower()) met_lower_ = true;
    if (end || walk.is_lower()) return end;
  }
  return {};
}

ConstrainedProfiles::Ways ConstrainedProfiles::ways_to_hold(
    const std::function<double(const Theta&)>& quantity, bool by_ratio) const {
  Ways out;
  for (int way = 0; way < kMostWays; ++way) {
    HeldQuantity held(*result_.law, problem_.centre(), quantity, by_ratio, result_.bound_theta,
                      reach_, way);
    if (held.can_be_held() && std::isfinite(held.at(result_.bound_theta.data())))
      out.push_back(std::move(held));
  }
  return out;
}

std::optional<Interval> ConstrainedProfiles::interval(
    const std::function<double(const Theta&)>& quantity, bool by_ratio) const {
  by_ratio = by_ratio && quantity(result_.theta) > 0;
  Ways ways = ways_to_hold(quantity, by_ratio);
  if (ways.empty()) return {};
  const std::optional<double> level = level_of(ways);
  if (!level || !(*level > 0)) return {};
  const std::optional<double> lower = end_of(-1, *level, ways);
  const std::optional<double> upper = end_of(1, *level, ways);
  if (!lower || !upper) return {};
  if (!by_ratio) return Interval{*lower, *upper};
  return Interval{std::isinf(*lower) ? 0 : isoloss::exp(*lower),
                  std::isinf(*upper) ? *upper : isoloss::exp(*upper)};
}

}  // namespace isoloss
