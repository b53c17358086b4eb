#include "host/optimum/answer.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "fits/math.h"
#include "host/error.h"
#include "host/report/number_text.h"
#include "host/statistics.h"

namespace isoloss {
namespace {

constexpr const char* kUniqueTokens = "unique_tokens";

// One quantity of every plan, with the interval of what follows the first.
template <class Of>
Estimate estimate_of(std::size_t num, double confidence, Of&& of) {
  Estimate out;
  out.value = of(std::size_t{0});
  std::vector<double> draws;
  for (std::size_t i = 1; i < num; ++i) draws.push_back(of(i));
  add_intervals(out, draws, confidence);
  return out;
}

class Asker {
 public:
  Asker(const KnownLaw& law, const Question& question)
      : law_(law),
        question_(question),
        surface_(law.law, question.held, question.flops_per_token_param) {}

  Cost training() const { return {question_.flops_per_token_param, 0}; }
  std::size_t num_rows() const { return law_.thetas.size(); }

  std::vector<Plan> best(const Cost& cost, const Limits& limits, Given given,
                         std::vector<double> values) const {
    return plans(surface_, law_.thetas, cost, limits, given, values, question_.num_threads);
  }
  std::vector<Plan> best(const Cost& cost, const Limits& limits, Given given, double value) const {
    return best(cost, limits, given, std::vector<double>(num_rows(), value));
  }
  std::vector<Plan> smallest(const std::vector<Plan>& at, const std::vector<double>& log_loss) {
    return smallest_models(surface_, law_.thetas, training(), at, log_loss, question_.num_threads);
  }
  std::vector<double> log_critical(const std::vector<double>& log_loss) const {
    return log_critical_params(surface_, law_.thetas, log_loss, question_.num_threads);
  }

  template <class Of>
  Estimate estimate(Of&& of) const {
    return estimate_of(num_rows(), law_.confidence, of);
  }

  Answer answer(double asked, const std::vector<Plan>& plans) const {
    Answer out;
    out.asked = asked;
    out.end = plans[0].end;
    out.N = estimate([&](std::size_t i) { return plans[i].N(); });
    out.D = estimate([&](std::size_t i) { return plans[i].D(); });
    out.tokens_per_param = estimate([&](std::size_t i) { return plans[i].tokens_per_param(); });
    out.loss = estimate([&](std::size_t i) { return plans[i].L(); });
    out.cost = estimate([&](std::size_t i) { return plans[i].cost(); });
    out.flops = estimate([&](std::size_t i) { return training()(plans[i].N(), plans[i].D()); });
    const auto has_none = [](const Plan& plan) { return std::isnan(plan.log_N); };
    if (plans.size() > 1)
      out.share_without =
          static_cast<double>(std::count_if(plans.begin() + 1, plans.end(), has_none)) /
          static_cast<double>(plans.size() - 1);
    if (law_.largest_flops) out.extrapolation = out.flops.value / *law_.largest_flops;
    return out;
  }

  // A loss that is not reached has a reason: what the law says of endless compute.
  void require_reached(const std::vector<Plan>& plans, Given given, double value) const {
    if (given != Given::loss || plans[0].end != PlanEnd::none) return;
    constexpr double kEndlessFlops = 1e60;
    const Plan limit = best(training(), {}, Given::cost, kEndlessFlops)[0];
    throw InputError(
        "", 0, "", fmt::format("the law reaches no loss of {} nats per token", number_text(value)),
        std::isnan(limit.log_L) ? "ask for a loss near those of the runs"
                                : fmt::format("at {} FLOP it is still {}: ask for more than that",
                                              flops_text(kEndlessFlops), number_text(limit.L())));
  }

 private:
  const KnownLaw& law_;
  const Question& question_;
  SurfaceProgram surface_;
};

// Log L of the estimate at a plan, with the unique tokens scaled; its slopes too.
Slopes at_plan(const KnownLaw& law, Question question, const Plan& plan, double factor) {
  question.held.at(kUniqueTokens) *= factor;
  const SurfaceProgram program(law.law, question.held, question.flops_per_token_param);
  LossSurface surface(program, law.thetas, 0, 1);
  Slopes out;
  surface.evaluate({plan.log_N}, {plan.log_D}, out);
  return out;
}

// The slope by the unique tokens is a central difference.
Worth worth_of(const KnownLaw& law, const Question& question, const Plan& plan) {
  constexpr double kPercent = 0.01;
  constexpr double kStep = 1e-4;
  const Slopes here = at_plan(law, question, plan, 1);
  const double more = at_plan(law, question, plan, isoloss::exp(kStep)).log_L[0];
  const double less = at_plan(law, question, plan, isoloss::exp(-kStep)).log_L[0];
  const double scale = -kPercent * plan.L();
  return {scale * here.by_log_N[0], scale * here.by_log_D[0], scale * (more - less) / (2 * kStep)};
}

// Epochs and what more would be worth, of a law that weighs repeated tokens.
void add_data_limits(const KnownLaw& law, const Question& question, const std::vector<Plan>& best,
                     const Asker& ask, Answer& out) {
  const auto unique = question.held.find(kUniqueTokens);
  if (unique == question.held.end() || out.end == PlanEnd::none) return;
  out.epochs = ask.estimate([&](std::size_t i) { return best[i].D() / unique->second; });
  out.worth = worth_of(law, question, best[0]);
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

std::vector<Answer> training_answers(const KnownLaw& law, const Question& question, Given given,
                                     const std::vector<double>& values) {
  const Asker ask(law, question);
  std::vector<Answer> out;
  for (const double value : values) {
    const std::vector<Plan> best = ask.best(ask.training(), question.limits, given, value);
    ask.require_reached(best, given, value);
    out.push_back(ask.answer(value, best));
    add_data_limits(law, question, best, ask, out.back());
  }
  return out;
}

std::vector<Answer> serving_answers(const KnownLaw& law, const Question& question,
                                    const Quality& quality, const std::vector<Demand>& demands,
                                    const Prices& prices) {
  const Asker ask(law, question);
  const bool has_budget = quality.given == Given::cost;
  std::vector<Plan> trained;  // compute-optimal for the loss
  if (!has_budget) {
    trained = ask.best(ask.training(), {}, quality.given, quality.value);
    ask.require_reached(trained, quality.given, quality.value);
  }
  std::vector<Answer> out;
  for (const Demand& demand : demands) {
    const Cost cost = cost_of(demand, prices, question.flops_per_token_param);
    const std::vector<Plan> best =
        has_budget ? ask.best(cost, question.limits, Given::cost, quality.value)
                   : ask.best(cost, question.limits, Given::loss, losses(trained));
    out.push_back(ask.answer(demand.tokens(), best));
    if (!has_budget)
      out.back().saving = ask.estimate(
          [&](std::size_t i) { return 1 - best[i].cost() / cost(trained[i].N(), trained[i].D()); });
  }
  return out;
}

std::vector<Answer> overhead_answers(const KnownLaw& law, const Question& question, Given given,
                                     double value, const std::vector<double>& overheads) {
  Asker ask(law, question);
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
        ask.smallest(ask.best(ask.training(), {}, Given::cost, budgets), target);
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
