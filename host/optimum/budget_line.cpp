#include "host/optimum/budget_line.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "fits/math.h"
#include "host/optimum/lockstep_root.h"

namespace isoloss {
namespace {

constexpr int kSizesLookedAt = 97;

}  // namespace

BudgetLine::BudgetLine(LossSurface surface, const Cost& cost, const Limits& limits)
    : surface_(std::move(surface)), cost_(cost), limits_(limits), log_D_(surface_.num_rows()) {}

double BudgetLine::log_D(double log_N, double log_cost) const {
  const double left = isoloss::exp(log_cost - log_N) - cost_.serve;
  // exp rounds; without serving nothing has to be taken from it.
  if (cost_.serve == 0) return log_cost - log_N - isoloss::log(cost_.train);
  return left > 0 ? isoloss::log(left / cost_.train) : -INFINITY;
}

const Slopes& BudgetLine::along(const std::vector<double>& log_N,
                                const std::vector<double>& log_cost) {
  for (std::size_t i = 0; i < log_D_.size(); ++i) log_D_[i] = log_D(log_N[i], log_cost[i]);
  surface_.evaluate(log_N, log_D_, slopes_);
  return slopes_;
}

BudgetLine::Range BudgetLine::range_of(double log_cost) const {
  Range out{0, log_cost - isoloss::log(cost_.train + cost_.serve), false, false, false};
  const double at_max_tokens =
      std::isinf(limits_.max_tokens)
          ? 0
          : log_cost - isoloss::log(cost_.train * limits_.max_tokens + cost_.serve);
  const double at_max_params =
      std::isinf(limits_.max_params) ? out.upper : isoloss::log(limits_.max_params);
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
    out[i] = slopes.by_log_N[i] - slopes.by_log_D[i] * (1 + share);
  }
}

std::vector<Plan> BudgetLine::least_losses(const std::vector<double>& log_cost) {
  const std::size_t num = surface_.num_rows();
  std::vector<Range> ranges(num);
  for (std::size_t i = 0; i < num; ++i) ranges[i] = range_of(log_cost[i]);
  const auto size_at = [&](std::size_t i, int place) {
    const double share = static_cast<double>(place) / (kSizesLookedAt - 1);
    return ranges[i].lower + share * (ranges[i].upper - ranges[i].lower);
  };
  std::vector<int> best(num, -1);
  std::vector<double> least(num, INFINITY), log_N(num);
  for (int place = 0; place < kSizesLookedAt; ++place) {
    for (std::size_t i = 0; i < num; ++i) log_N[i] = size_at(i, place);
    const Slopes& slopes = along(log_N, log_cost);
    for (std::size_t i = 0; i < num; ++i)
      if (slopes.log_L[i] < least[i]) least[i] = slopes.log_L[i], best[i] = place;
  }
  std::vector<double> lower(num), upper(num);
  for (std::size_t i = 0; i < num; ++i) {
    lower[i] = size_at(i, std::max(best[i] - 1, 0));
    upper[i] = size_at(i, std::min(best[i] + 1, kSizesLookedAt - 1));
  }
  const std::vector<double> root = lockstep_roots(
      lower, upper, [&](const auto& at, auto& out) { slope_along(at, log_cost, out); });
  std::vector<PlanEnd> end(num, PlanEnd::interior);
  for (std::size_t i = 0; i < num; ++i) {
    log_N[i] = root[i];
    if (!std::isnan(root[i])) continue;
    // No stationary point: a limit holds, or nothing does.
    const bool is_first = best[i] == 0;
    const bool is_last = best[i] == kSizesLookedAt - 1;
    log_N[i] = is_first ? ranges[i].lower : ranges[i].upper;
    end[i] = is_first && ranges[i].lower_is_limit  ? PlanEnd::at_max_tokens
             : is_last && ranges[i].upper_is_limit ? PlanEnd::at_max_params
                                                   : PlanEnd::none;
  }
  const Slopes& slopes = along(log_N, log_cost);
  std::vector<Plan> out(num);
  for (std::size_t i = 0; i < num; ++i) {
    if (ranges[i].is_empty) end[i] = PlanEnd::none;
    out[i] = {log_N[i], log_D_[i], slopes.log_L[i], log_cost[i], end[i]};
  }
  return out;
}

}  // namespace isoloss
