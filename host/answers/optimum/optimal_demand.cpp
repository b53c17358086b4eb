// How much a model must be served to be the right one: inference-aware, the other way round.

#include "host/answers/optimum/asker.h"
#include "host/answers/optimum/serving.h"

namespace isoloss {

// The slopes of the loss are then in the ratio of what N and D cost.
std::vector<double> Asker::optimal_demand(const std::vector<Plan>& plans) const {
  std::vector<double> log_N, log_D, out;
  for (const Plan& plan : plans) {
    log_N.push_back(plan.log_N);
    log_D.push_back(plan.log_D);
  }
  const Slopes slopes = slopes_at(log_N, log_D);
  const double trained_a_served = training().train / cost_of({1, 0}, {}).serve;
  for (std::size_t i = 0; i < plans.size(); ++i)
    out.push_back(trained_a_served * plans[i].D() * (slopes.by_log_N[i] / slopes.by_log_D[i] - 1));
  return out;
}

}  // namespace isoloss
