#include "host/answers/optimum/answer.h"

#include <cmath>

#include "fits/math.h"
#include "host/answers/optimum/asker.h"
#include "host/answers/optimum/flat_ranges.h"
#include "host/base/number_text.h"
#include "host/base/warnings.h"

namespace isoloss {
namespace {

// Log L of the estimate at a plan, with the unique tokens scaled; its slopes too.
Slopes at_plan(const FittedLaw& law, PlanOptions options, const Plan& plan, double factor) {
  options.held.at(kUniqueTokens) *= factor;
  const SurfaceProgram program(law.law, options.held, law.flops_per_token_param);
  LossSurface surface(program, law.thetas, 0, 1);
  Slopes out;
  surface.evaluate({plan.log_N}, {plan.log_D}, out);
  return out;
}

// The slope by the unique tokens is a central difference.
Worth worth_of(const FittedLaw& law, const PlanOptions& options, const Plan& plan) {
  constexpr double kPercent = 0.01;
  constexpr double kStep = 1e-4;
  const Slopes here = at_plan(law, options, plan, 1);
  const double more = at_plan(law, options, plan, isoloss::exp(kStep)).log_L[0];
  const double less = at_plan(law, options, plan, isoloss::exp(-kStep)).log_L[0];
  const double scale = -kPercent * plan.L();
  return {scale * here.by_log_N[0], scale * here.by_log_D[0], scale * (more - less) / (2 * kStep)};
}

// Epochs and what more would be worth, of a law that weighs repeated tokens.
void add_data_limits(const FittedLaw& law, const PlanOptions& options,
                     const std::vector<Plan>& best, const Asker& ask, Answer& out) {
  const auto unique = options.held.find(kUniqueTokens);
  if (unique == options.held.end() || out.end == PlanEnd::none) return;
  out.epochs = ask.estimate([&](std::size_t i) { return best[i].D() / unique->second; });
  out.worth = worth_of(law, options, best[0]);
}

std::vector<double> log_losses(const std::vector<Plan>& plans) {
  std::vector<double> out;
  for (const Plan& plan : plans) out.push_back(plan.log_L);
  return out;
}

std::vector<double> losses(const std::vector<Plan>& plans) {
  std::vector<double> out;
  for (const Plan& plan : plans) out.push_back(plan.L());
  return out;
}

}  // namespace

Warning saturated_warning(double flops, double loss, const HeldInputs& held) {
  return warning<"saturated">(
      flops_text(flops), loss,
      held.contains(kUniqueTokens) ? "; more unique tokens would help" : "");
}

std::vector<Answer> training_answers(const FittedLaw& law, const PlanOptions& options, Given given,
                                     const std::vector<double>& values) {
  const Asker ask(law, options);
  std::vector<Answer> out;
  for (const double value : values) {
    const std::vector<Plan> best = ask.best(ask.training(), options.limits, given, value);
    ask.require_reached(best, given, value);
    out.push_back(ask.answer(value, best));
    add_data_limits(law, options, best, ask, out.back());
    out.back().flat_ranges = flat_ranges(ask, best, options);
  }
  return out;
}

std::vector<Answer> serving_answers(const FittedLaw& law, const PlanOptions& options,
                                    const Quality& quality, const std::vector<Demand>& demands,
                                    const Prices& prices) {
  const Asker ask(law, options);
  const bool has_budget = quality.given == Given::cost;
  std::vector<Plan> trained;  // compute-optimal for the loss
  if (!has_budget) {
    trained = ask.best(ask.training(), {}, quality.given, quality.value);
    ask.require_reached(trained, quality.given, quality.value);
  }
  std::vector<Answer> out;
  for (const Demand& demand : demands) {
    const Cost cost = cost_of(demand, prices, law.flops_per_token_param);
    const std::vector<Plan> best =
        has_budget ? ask.best(cost, options.limits, Given::cost, quality.value)
                   : ask.best(cost, options.limits, Given::loss, losses(trained));
    out.push_back(ask.answer(demand.tokens(), best));
    if (!has_budget)
      out.back().saving = ask.estimate(
          [&](std::size_t i) { return 1 - best[i].cost() / cost(trained[i].N(), trained[i].D()); });
  }
  return out;
}

std::vector<Answer> model_answers(const FittedLaw& law, const PlanOptions& options,
                                  const std::vector<Model>& models) {
  const Asker ask(law, options);
  std::vector<Answer> out;
  for (const Model& model : models) {
    const std::vector<Plan> own = ask.at(model);
    const std::vector<Plan> best = ask.best(ask.training(), {}, Given::loss, losses(own));
    out.push_back(ask.answer(model.N, own));
    out.back().overhead = ask.estimate(
        [&](std::size_t i) { return isoloss::exp(own[i].log_cost - best[i].log_cost) - 1; });
    const std::vector<double> demand = ask.optimal_demand(own);
    out.back().optimal_for = ask.estimate([&](std::size_t i) { return demand[i]; });
  }
  return out;
}

std::vector<Answer> overhead_answers(const FittedLaw& law, const PlanOptions& options, Given given,
                                     double value, const std::vector<double>& overheads) {
  const Asker ask(law, options);
  const std::vector<Plan> trained = ask.best(ask.training(), {}, given, value);
  ask.require_reached(trained, given, value);
  const std::vector<double> target = log_losses(trained);
  const auto shrink = [&](const std::vector<double>& log_N) {
    return ask.estimate([&](std::size_t i) { return isoloss::exp(log_N[i] - trained[i].log_N); });
  };
  std::vector<Answer> out;
  for (const double overhead : overheads) {
    std::vector<double> budgets;
    for (const Plan& plan : trained) budgets.push_back(plan.cost() * (1 + overhead));
    const std::vector<Plan> small =
        ask.of_loss(Side::smallest, ask.best(ask.training(), {}, Given::cost, budgets), target);
    std::vector<double> log_N;
    for (const Plan& plan : small) log_N.push_back(plan.log_N);
    out.push_back(ask.answer(overhead, small));
    out.back().shrink = shrink(log_N);
  }
  Answer critical;
  critical.asked = critical.D.value = critical.tokens_per_param.value = INFINITY;
  critical.flops.value = critical.cost.value = INFINITY;
  const std::vector<double> log_N = ask.log_critical(target);
  critical.N = ask.estimate([&](std::size_t i) { return isoloss::exp(log_N[i]); });
  critical.shrink = shrink(log_N);
  critical.loss = ask.estimate([&](std::size_t i) { return trained[i].L(); });
  out.push_back(critical);
  return out;
}

}  // namespace isoloss
