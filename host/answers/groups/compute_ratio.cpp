#include "host/answers/groups/compute_ratio.h"

#include <algorithm>
#include <cmath>

#include "host/answers/optimum/asker.h"
#include "host/base/statistics.h"

namespace isoloss {
namespace {

FittedLaw first_rows(FittedLaw law, std::size_t num) {
  law.thetas.resize(std::min(num, law.thetas.size()));
  return law;
}

double log_cost_of(const Plan& plan) { return plan.end == PlanEnd::none ? NAN : plan.log_cost; }

std::vector<double> losses_of(const std::vector<Plan>& plans) {
  std::vector<double> out;
  for (const Plan& plan : plans) out.push_back(plan.end == PlanEnd::none ? NAN : plan.L());
  return out;
}

}  // namespace

std::vector<ComputeRatio> compute_ratios(const FittedLaw& group, const FittedLaw& than,
                                         const std::vector<double>& budgets, int num_threads) {
  const std::size_t num = std::min(group.thetas.size(), than.thetas.size());
  const FittedLaw own = first_rows(group, num), other = first_rows(than, num);
  PlanOptions plans;
  plans.num_threads = num_threads;
  const Asker ask_own(own, plans), ask_other(other, plans);
  std::vector<ComputeRatio> out;
  for (const double budget : budgets) {
    const std::vector<Plan> reached =
        ask_other.best(ask_other.training(), plans.limits, Given::cost, budget);
    const std::vector<double> losses = losses_of(reached);
    const std::vector<Plan> needed =
        ask_own.best(ask_own.training(), plans.limits, Given::loss, losses);
    ComputeRatio at;
    at.budget = budget;
    at.loss = ask_other.estimate([&](std::size_t row) { return losses[row]; });
    at.ratio = ask_own.estimate(
        [&](std::size_t row) { return std::exp(log_cost_of(needed[row]) - std::log(budget)); });
    at.share_without = share_without(needed);
    out.push_back(at);
  }
  return out;
}

bool has_compute_ratios(const LawEntry& law) {
  return law.response == "loss" && law.inputs.size() == 2 && law.reads(Input::N) &&
         law.reads(Input::D);
}

}  // namespace isoloss
