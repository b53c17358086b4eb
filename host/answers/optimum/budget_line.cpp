#include "host/answers/optimum/budget_line.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "fits/math.h"
#include "host/base/lockstep_root.h"

namespace isoloss {
namespace {

constexpr int kSizesLookedAt = 97;
// Fewer tokens than this share of what serving costs are lost in the rounding of the budget.
constexpr double kLeastTraining = 1e-6;
// N_opt ~ C^0.5, within a factor of 20.
constexpr double kUsualExponent = 0.5;
constexpr double kNear = 3;

}  // namespace

BudgetLine::BudgetLine(LossSurface surface, const Cost& cost, const Limits& limits)
    : surface_(std::move(surface)),
      cost_(cost),
      max_params_(limits.max_params),
      max_tokens_(surface_.num_rows(), limits.max_tokens),
      log_D_(surface_.num_rows()) {}

double BudgetLine::log_D(double log_N, double log_cost) const {
  const double left = isoloss::exp(log_cost - log_N) - cost_.serve;
  // exp rounds; without serving nothing has to be taken from it.
  if (cost_.serve == 0)
    return (log_cost - cost_.N_power * log_N - isoloss::log(cost_.train)) / cost_.D_power;
  return left > 0 ? isoloss::log(left / cost_.train) : -INFINITY;
}

const Slopes& BudgetLine::along(const std::vector<double>& log_N,
                                const std::vector<double>& log_cost) {
  for (std::size_t i = 0; i < log_D_.size(); ++i) log_D_[i] = log_D(log_N[i], log_cost[i]);
  surface_.evaluate(log_N, log_D_, slopes_);
  return slopes_;
}

BudgetLine::Range BudgetLine::range_of(std::size_t row, double log_cost) const {
  const double least_training = std::max(cost_.train, kLeastTraining * cost_.serve);
  Range out{0, (log_cost - isoloss::log(least_training + cost_.serve)) / cost_.N_power, false,
            false, false};
  const double at_max_tokens =
      std::isinf(max_tokens_[row])
          ? 0
          : (log_cost - isoloss::log(cost_(1, max_tokens_[row]))) / cost_.N_power;
  const double at_max_params = std::isinf(max_params_) ? out.upper : isoloss::log(max_params_);
  if (at_max_tokens > out.lower) out.lower = at_max_tokens, out.lower_is_limit = true;
  if (at_max_params < out.upper) out.upper = at_max_params, out.upper_is_limit = true;
  out.is_empty = out.upper < out.lower;
  out.upper = std::max(out.upper, out.lower);
  return out;
}

void BudgetLine::slope_along(const std::vector<double>& log_N, const std::vector<double>& log_cost,
                             std::vector<double>& out) {
  const Slopes& slopes = along(log_N, log_cost);
  for (std::size_t i = 0; i < log_N.size(); ++i) {
    const double share = cost_.serve / (cost_.train * isoloss::exp(log_D_[i]));
    out[i] =
        slopes.by_log_N[i] - slopes.by_log_D[i] * (1 + share) * (cost_.N_power / cost_.D_power);
  }
}

double BudgetLine::Range::size_at(int place) const {
  return lower + static_cast<double>(place) / (kSizesLookedAt - 1) * (upper - lower);
}

std::vector<int> BudgetLine::best_places(const std::vector<Range>& ranges,
                                         const std::vector<double>& log_cost) {
  const std::size_t num = ranges.size();
  std::vector<int> best(num, 0);
  std::vector<double> least(num, INFINITY), most(num, -INFINITY), log_N(num);
  for (int place = 0; place < kSizesLookedAt; ++place) {
    for (std::size_t i = 0; i < num; ++i) log_N[i] = ranges[i].size_at(place);
    const Slopes& slopes = along(log_N, log_cost);
    for (std::size_t i = 0; i < num; ++i) {
      if (slopes.log_L[i] < least[i]) least[i] = slopes.log_L[i], best[i] = place;
      most[i] = std::fmax(most[i], slopes.log_L[i]);
    }
  }
  for (std::size_t i = 0; i < num; ++i) {
    const bool varies = most[i] - least[i] > kLevel;
    if (!varies && ranges[i].upper - ranges[i].lower > kNear) best[i] = -1;
  }
  return best;
}

std::vector<double> BudgetLine::stationary(const std::vector<double>& lower,
                                           const std::vector<double>& upper,
                                           const std::vector<double>& log_cost) {
  return lockstep_roots(lower, upper,
                        [&](const auto& at, auto& out) { slope_along(at, log_cost, out); });
}

std::vector<Plan> BudgetLine::plans_at(const std::vector<double>& log_N,
                                       const std::vector<double>& log_cost) {
  const Slopes& slopes = along(log_N, log_cost);
  std::vector<Plan> out(log_N.size());
  for (std::size_t i = 0; i < out.size(); ++i)
    out[i] = {log_N[i], log_D_[i], slopes.log_L[i], log_cost[i], PlanEnd::interior};
  return out;
}

PlanEnd BudgetLine::Range::end_at(int place) const {
  if (is_empty || place < 0) return PlanEnd::none;
  if (place == 0) return lower_is_limit ? PlanEnd::at_max_tokens : PlanEnd::none;
  if (place < kSizesLookedAt - 1) return PlanEnd::interior;
  return upper_is_limit ? PlanEnd::at_max_params : PlanEnd::none;
}

std::vector<Plan> BudgetLine::least_losses(const std::vector<double>& log_cost) {
  const std::size_t num = log_cost.size();
  std::vector<Range> ranges(num);
  for (std::size_t i = 0; i < num; ++i) ranges[i] = range_of(i, log_cost[i]);
  const std::vector<int> best = best_places(ranges, log_cost);
  std::vector<double> lower(num), upper(num);
  for (std::size_t i = 0; i < num; ++i) {
    lower[i] = ranges[i].size_at(std::max(best[i] - 1, 0));
    upper[i] = ranges[i].size_at(std::min(best[i] + 1, kSizesLookedAt - 1));
  }
  std::vector<double> log_N = stationary(lower, upper, log_cost);
  std::vector<bool> has_none(num);
  for (std::size_t i = 0; i < num; ++i)
    // A limit holds, or nothing does, or the loss is level to its last digit.
    if (std::isnan(log_N[i]) || best[i] < 0) {
      has_none[i] = true;
      log_N[i] = ranges[i].size_at(std::max(best[i], 0));
    }
  std::vector<Plan> out = plans_at(log_N, log_cost);
  for (std::size_t i = 0; i < num; ++i)
    if (has_none[i] || ranges[i].is_empty) out[i].end = ranges[i].end_at(best[i]);
  // More of either would lose more: no budget is spent so.
  for (std::size_t i = 0; i < num; ++i)
    if (slopes_.by_log_D[i] > kLevel && slopes_.by_log_N[i] > kLevel) out[i].end = PlanEnd::none;
  return out;
}

std::optional<std::vector<Plan>> BudgetLine::least_losses_near(const std::vector<double>& log_cost,
                                                               const std::vector<Plan>& last) {
  const std::size_t num = log_cost.size();
  std::vector<double> lower(num), upper(num);
  for (std::size_t i = 0; i < num; ++i) {
    const Range range = range_of(i, log_cost[i]);
    const double guess = last[i].log_N + kUsualExponent * (log_cost[i] - last[i].log_cost);
    lower[i] = std::max(range.lower, guess - kNear);
    upper[i] = std::min(range.upper, guess + kNear);
    if (!(lower[i] < upper[i])) return {};
  }
  const std::vector<double> log_N = stationary(lower, upper, log_cost);
  if (std::any_of(log_N.begin(), log_N.end(), [](double x) { return std::isnan(x); })) return {};
  return plans_at(log_N, log_cost);
}

}  // namespace isoloss
