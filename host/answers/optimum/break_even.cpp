#include "host/answers/optimum/break_even.h"

#include <cmath>

#include "fits/math.h"
#include "host/base/root.h"

namespace isoloss {
namespace {

// More than all that will be asked, in tokens.
constexpr double kMostServed = 1e21;
constexpr double kFactorDown = 1e3;  // down from there, until more samples cost less
constexpr double kLogTolerance = 1e-12;

FittedLaw estimate_alone(FittedLaw law) {
  law.thetas.resize(1);
  return law;
}

}  // namespace

EstimateCost::EstimateCost(const FittedLaw& law, const ThinkingQuestion& question)
    : law_(estimate_alone(law)), question_(question), ask_(law_, question.serving.plans) {}

// Infinite where no model is.
double EstimateCost::log_cost(double demand, double samples, double loss) const {
  const Cost cost = cost_of(demand_of(question_, demand, samples), question_.serving.prices,
                            law_.flops_per_token_param);
  const Plan plan = ask_.best(cost, question_.serving.plans.limits, Given::loss, loss)[0];
  return plan.end == PlanEnd::none ? INFINITY : plan.log_cost;
}

std::optional<double> EstimateCost::break_even(double samples, double loss,
                                               double loss_of_one) const {
  const auto excess = [&](double demand) {
    const double own = log_cost(demand, samples, loss);
    return std::isinf(own) ? NAN : own - log_cost(demand, 1, loss_of_one);
  };
  const double unserved = excess(0);
  if (std::isnan(unserved)) return std::nullopt;
  if (unserved >= 0) return 0;
  const double most = kMostServed / demand_of(question_, 1, samples).tokens();
  const auto at_log = [&](double log_demand) { return excess(isoloss::exp(log_demand)); };
  FunctionPoint upper{isoloss::log(most), excess(most)};
  if (!(upper.value > 0)) return INFINITY;
  FunctionPoint lower = upper;
  while (lower.value > 0) {
    if (lower.at < 0) return 0;  // less than one
    upper = lower;
    lower.at -= isoloss::log(kFactorDown);
    lower.value = at_log(lower.at);
  }
  return isoloss::exp(root_between(at_log, upper, lower, kLogTolerance));
}

}  // namespace isoloss
