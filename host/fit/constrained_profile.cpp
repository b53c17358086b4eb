#include "host/fit/constrained_profile.h"

#include <algorithm>
#include <cmath>

#include "fits/math.h"
#include "fits/random.h"
#include "host/base/statistics.h"
#include "host/base/threads.h"
#include "host/fit/draws_report.h"
#include "host/fit/profile_walk.h"

namespace isoloss {
namespace {

constexpr double kShareUsable = 0.9;  // of the resamples
constexpr int kRefitsATurn = 25;
// Where so many of the first are lost, the others are not tried.
constexpr int kPilotRefits = 50;
constexpr double kPilotShare = 0.7;

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
  const int num = std::min(kMostResamples, result_.options.num_resamples);
  held.hold_at(held.at(result_.bound_theta.data()));
  std::vector<double> rises = rises_of(0, std::min(num, kPilotRefits), held);
  if (static_cast<double>(rises.size()) < kPilotShare * std::min(num, kPilotRefits)) return {};
  const std::vector<double> others = rises_of(kPilotRefits, num, held);
  rises.insert(rises.end(), others.begin(), others.end());
  const auto rank = static_cast<std::size_t>(
      std::ceil(result_.options.confidence * static_cast<double>(rises.size() + 1)));
  if (static_cast<double>(rises.size()) < kShareUsable * num || rank > rises.size()) return {};
  const auto own = rises.begin() + static_cast<std::ptrdiff_t>(rank) - 1;
  std::nth_element(rises.begin(), own, rises.end());
  return *own;
}

// Of those of resamples [first, end) that have one, in their order.
std::vector<double> ConstrainedProfiles::rises_of(int first, int end,
                                                  const HeldQuantity& held) const {
  std::vector<double> out(static_cast<std::size_t>(std::max(end - first, 0)), NAN);
  const int num_turns = (static_cast<int>(out.size()) + kRefitsATurn - 1) / kRefitsATurn;
  parallel_for(num_turns, num_threads_to_use(searched_.num_threads), [&](int turn, int) {
    WeightedRuns runs(problem_.view(), result_.law->num_inputs());
    const int begin = turn * kRefitsATurn;
    for (int i = begin; i < std::min(static_cast<int>(out.size()), begin + kRefitsATurn); ++i)
      out[static_cast<std::size_t>(i)] = rise_of(first + i, held, runs);
  });
  std::erase_if(out, [](double rise) { return std::isnan(rise); });
  return out;
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
      ConstrainedRefit(*result_.law, drawn, searched_.residual_loss, held).fit(result_.bound_theta);
  const double own = result_.draw_objective[draw] / objective_unit(result_);
  return ConstrainedRefit::is_stationary(fit) ? std::fmax(fit.objective - own, 0) : NAN;
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
  const std::optional<double> lower = walk.end(-1);
  const std::optional<double> upper = walk.end(1);
  if (walk.is_lower()) met_lower_ = true;
  if (!lower || !upper) return {};
  if (!by_ratio) return Interval{*lower, *upper};
  return Interval{isoloss::exp(*lower), isoloss::exp(*upper)};
}

}  // namespace isoloss
