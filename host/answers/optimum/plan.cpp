#include "host/answers/optimum/plan.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "fits/math.h"
#include "host/answers/optimum/budget_line.h"
#include "host/answers/optimum/row_parts.h"
#include "host/base/lockstep_root.h"
#include "host/base/statistics.h"

namespace isoloss {
namespace {

// Where costs are searched: from one parameter and token, which is added, to this many times that.
constexpr double kLogCostRange = 140;  // 1e60
constexpr double kLogEndless = 300;
// A slope by a log that is no more would take a factor of e^0.1 to make a difference.
constexpr double kLevelSlope = 10 * kLevel;

std::vector<double> part_of(const std::vector<double>& all, std::size_t begin, std::size_t end) {
  return {all.begin() + static_cast<std::ptrdiff_t>(begin),
          all.begin() + static_cast<std::ptrdiff_t>(end)};
}

double answer_of(const Plan& plan, Given given) {
  if (given == Given::params) return plan.log_N;
  return given == Given::tokens ? plan.log_D : plan.log_L;
}

// Log of the cost at which the best plan's answer is the one asked.
std::vector<double> log_costs(BudgetLine& line, const Cost& cost, Given given,
                              const std::vector<double>& log_value) {
  const std::size_t num = log_value.size();
  const double least = isoloss::log(cost.train + cost.serve);
  const std::vector<double> lower(num, least + 1);
  const std::vector<double> upper(num, least + kLogCostRange);
  std::vector<Plan> best;
  return lockstep_roots(lower, upper, [&](const auto& log_cost, auto& out) {
    std::optional<std::vector<Plan>> near;
    if (!best.empty()) near = line.least_losses_near(log_cost, best);
    best = near ? *std::move(near) : line.least_losses(log_cost);
    for (std::size_t i = 0; i < num; ++i) out[i] = answer_of(best[i], given) - log_value[i];
  });
}

// Whether neither more parameters nor more tokens gain anything, a row each.
std::vector<bool> are_level(BudgetLine& line, const std::vector<Plan>& plans) {
  std::vector<double> log_N, log_cost;
  for (const Plan& plan : plans) {
    log_N.push_back(plan.log_N);
    log_cost.push_back(plan.log_cost);
  }
  const Slopes& slopes = line.along(log_N, log_cost);
  std::vector<bool> out;
  for (std::size_t i = 0; i < plans.size(); ++i)
    out.push_back((plans[i].end == PlanEnd::interior || plans[i].end == PlanEnd::none) &&
                  std::fabs(slopes.by_log_N[i]) <= kLevelSlope &&
                  std::fabs(slopes.by_log_D[i]) <= kLevelSlope);
  return out;
}

// Plans on a plateau of the loss become those of the least cost that reaches it.
void leave_plateaus(BudgetLine& line, const Cost& cost, std::vector<Plan>& plans) {
  const std::vector<bool> is_level = are_level(line, plans);
  if (std::none_of(is_level.begin(), is_level.end(), [](bool own) { return own; })) return;
  const std::size_t num = plans.size();
  const double least = isoloss::log(cost.train + cost.serve);
  std::vector<double> lower(num), upper(num);
  for (std::size_t i = 0; i < num; ++i) {
    upper[i] = plans[i].log_cost;
    lower[i] = is_level[i] ? std::min(least + 1, upper[i]) : upper[i];
  }
  std::vector<double> log_cost = lockstep_roots(lower, upper, [&](const auto& at, auto& out) {
    const std::vector<Plan> best = line.least_losses(at);
    for (std::size_t i = 0; i < num; ++i) out[i] = best[i].log_L - plans[i].log_L - kLevel;
  });
  for (std::size_t i = 0; i < num; ++i)
    if (!is_level[i] || std::isnan(log_cost[i])) log_cost[i] = upper[i];
  const std::vector<Plan> reached = line.least_losses(log_cost);
  for (std::size_t i = 0; i < num; ++i) {
    if (!(log_cost[i] < upper[i]) || reached[i].end != PlanEnd::interior) continue;
    plans[i] = reached[i];
    plans[i].end = PlanEnd::saturated;
  }
}

}  // namespace

double Cost::operator()(double N, double D) const {
  if (N_power == 1 && D_power == 1) return N * (train * D + serve);
  return train * isoloss::exp(N_power * isoloss::log(N) + D_power * isoloss::log(D));
}

double Plan::N() const { return isoloss::exp(log_N); }
double Plan::D() const { return isoloss::exp(log_D); }
double Plan::L() const { return isoloss::exp(log_L); }
double Plan::cost() const { return isoloss::exp(log_cost); }
double Plan::tokens_per_param() const { return isoloss::exp(log_D - log_N); }

std::vector<Plan> plans(const SurfaceProgram& law, const std::vector<Theta>& thetas,
                        const Cost& cost, const Limits& limits, Given given,
                        const std::vector<double>& value, int num_threads, const Stock& stock) {
  std::vector<Plan> out(thetas.size());
  in_parts(thetas.size(), num_threads, [&](std::size_t begin, std::size_t end) {
    LossSurface surface(law, thetas, begin, end);
    std::vector<double> unique;
    if (!stock.tokens.empty()) unique = part_of(stock.tokens, begin, end);
    if (stock.repeats) surface.hold(kUniqueTokens, unique);
    BudgetLine line(std::move(surface), cost, limits);
    if (!stock.repeats && !unique.empty()) line.limit_tokens(std::move(unique));
    std::vector<double> log_cost = part_of(value, begin, end);
    for (double& own : log_cost) own = isoloss::log(own);
    if (given != Given::cost) log_cost = log_costs(line, cost, given, log_cost);
    std::vector<Plan> own = line.least_losses(log_cost);
    if (given == Given::cost) leave_plateaus(line, cost, own);
    for (std::size_t i = 0; i < own.size(); ++i)
      if (own[i].end != PlanEnd::none && !std::isnan(log_cost[i])) out[begin + i] = own[i];
  });
  return out;
}

double share_without(const std::vector<Plan>& plans) {
  return share_without(plans, [](const Plan& plan) { return std::isnan(plan.log_N); });
}

std::vector<Plan> models_of_loss(const SurfaceProgram& law, const std::vector<Theta>& thetas,
                                 const Cost& cost, Side side, const std::vector<Plan>& best,
                                 const std::vector<double>& log_loss, int num_threads) {
  std::vector<Plan> out(thetas.size());
  const double one_token = isoloss::log(cost.train + cost.serve);  // what it costs a parameter
  in_parts(thetas.size(), num_threads, [&](std::size_t begin, std::size_t end) {
    BudgetLine line(LossSurface(law, thetas, begin, end), cost, {});
    const std::vector<double> target = part_of(log_loss, begin, end);
    std::vector<double> lower(end - begin, 0), upper(end - begin), log_cost(end - begin);
    for (std::size_t i = begin; i < end; ++i) {
      log_cost[i - begin] = best[i].log_cost;
      upper[i - begin] =
          side == Side::smallest ? best[i].log_N : (best[i].log_cost - one_token) / cost.N_power;
      if (side == Side::largest) lower[i - begin] = best[i].log_N;
    }
    const std::vector<double> log_N =
        lockstep_roots(lower, upper, [&](const auto& at, auto& excess) {
          const Slopes& slopes = line.along(at, log_cost);
          for (std::size_t i = 0; i < at.size(); ++i) excess[i] = slopes.log_L[i] - target[i];
        });
    for (std::size_t i = begin; i < end; ++i) {
      const double own = log_N[i - begin];
      if (std::isnan(own)) continue;
      out[i] = {own, line.log_D(own, best[i].log_cost), log_loss[i], best[i].log_cost,
                PlanEnd::interior};
    }
  });
  return out;
}

std::vector<double> log_critical_params(const SurfaceProgram& law, const std::vector<Theta>& thetas,
                                        const std::vector<double>& log_loss, int num_threads) {
  std::vector<double> out(thetas.size());
  in_parts(thetas.size(), num_threads, [&](std::size_t begin, std::size_t end) {
    LossSurface surface(law, thetas, begin, end);
    const std::vector<double> endless(end - begin, kLogEndless);
    Slopes slopes;
    const std::vector<double> own = lockstep_roots(
        std::vector<double>(end - begin, 0), std::vector<double>(end - begin, kLogEndless),
        [&](const auto& log_N, auto& excess) {
          surface.evaluate(log_N, endless, slopes);
          for (std::size_t i = 0; i < log_N.size(); ++i)
            excess[i] = slopes.log_L[i] - log_loss[begin + i];
        });
    std::copy(own.begin(), own.end(), out.begin() + static_cast<std::ptrdiff_t>(begin));
  });
  return out;
}

}  // namespace isoloss
