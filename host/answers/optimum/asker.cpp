#include "host/answers/optimum/asker.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "fits/math.h"
#include "host/base/error.h"
#include "host/base/lockstep_root.h"

namespace isoloss {

Asker::Asker(const FittedLaw& law, const PlanOptions& options)
    : law_(law), options_(options), surface_(law.law, options.held, law.flops_per_token_param) {
  require(!options.training || !law.law.reads(Input::C),
          law.law.name + " reads the compute, which is k N D for it",
          "leave out ``compute-from``, or take a law of N and D");
}

std::vector<Plan> Asker::best(const Cost& cost, const Limits& limits, Given given,
                              const std::vector<double>& values) const {
  return plans(surface_, law_.thetas, cost, limits, given, values, options_.num_threads);
}

std::vector<Plan> Asker::best(const Cost& cost, const Limits& limits, Given given,
                              double value) const {
  return best(cost, limits, given, std::vector<double>(num_rows(), value));
}

std::vector<Plan> Asker::at(const Model& model) const {
  const std::vector<double> log_N(num_rows(), isoloss::log(model.N));
  const std::vector<double> log_D(num_rows(), isoloss::log(model.D));
  const Slopes slopes = slopes_at(log_N, log_D);
  const double log_cost = isoloss::log(training()(model.N, model.D));
  std::vector<Plan> out(num_rows());
  for (std::size_t i = 0; i < out.size(); ++i)
    out[i] = {log_N[i], log_D[i], slopes.log_L[i], log_cost, PlanEnd::interior};
  return out;
}

std::vector<Plan> Asker::of_loss(Side side, const std::vector<Plan>& best,
                                 const std::vector<double>& log_loss) const {
  return models_of_loss(surface_, law_.thetas, training(), side, best, log_loss,
                        options_.num_threads);
}

std::vector<double> Asker::log_critical(const std::vector<double>& log_loss) const {
  return log_critical_params(surface_, law_.thetas, log_loss, options_.num_threads);
}

std::vector<double> Asker::log_tokens_that_hurt(const std::vector<double>& log_N) const {
  constexpr double kLogEndless = 42;  // 1e18, more than all text
  return lockstep_roots(
      std::vector<double>(num_rows(), 0), std::vector<double>(num_rows(), kLogEndless),
      [&](const auto& log_D, auto& out) { out = slopes_at(log_N, log_D).by_log_D; });
}

Answer Asker::answer(double asked, const std::vector<Plan>& plans) const {
  Answer out;
  out.asked = asked;
  out.end = plans[0].end;
  out.N = estimate([&](std::size_t i) { return plans[i].N(); });
  out.D = estimate([&](std::size_t i) { return plans[i].D(); });
  out.tokens_per_param = estimate([&](std::size_t i) { return plans[i].tokens_per_param(); });
  out.loss = estimate([&](std::size_t i) { return plans[i].L(); });
  out.cost = estimate([&](std::size_t i) { return plans[i].cost(); });
  out.flops = estimate([&](std::size_t i) { return training()(plans[i].N(), plans[i].D()); });
  out.share_without = share_without(plans);
  if (law_.largest_flops) out.extrapolation = out.flops.value / *law_.largest_flops;
  return out;
}

void Asker::require_reached(const std::vector<Plan>& plans, Given given, double value) const {
  if (given != Given::loss || plans[0].end != PlanEnd::none) return;
  constexpr double kEndlessFlops = 1e60;
  const std::string asked = fmt::format("a loss of {:.10g} nats per token", value);
  const Plan limit = best(training(), {}, Given::cost, kEndlessFlops)[0];
  if (limit.L() < value &&
      (std::isfinite(options_.limits.max_params) || std::isfinite(options_.limits.max_tokens)))
    throw InputError("", 0, "", fmt::format("nothing within the limits reaches {}", asked),
                     "raise ``max-params``, ``memory`` or ``unique-tokens``");
  const bool is_too_easy = limit.L() < value;
  throw InputError(
      "", 0, "", fmt::format("the law has no model of {}", asked),
      std::isnan(limit.log_L) || is_too_easy
          ? "ask for a loss near those of the runs"
          : fmt::format("with endless compute it is still {:.10g}: ask for more", limit.L()));
}

Slopes Asker::slopes_at(const std::vector<double>& log_N, const std::vector<double>& log_D) const {
  LossSurface surface(surface_, law_.thetas, 0, num_rows());
  Slopes out;
  surface.evaluate(log_N, log_D, out);
  return out;
}

}  // namespace isoloss
