#include "host/answers/forecast/forecaster.h"

#include "fits/math.h"

namespace isoloss {
namespace {

// Of a law that weighs repetition, what it says where nothing is repeated.
PlanOptions with_endless_tokens(const FittedLaw& law, PlanOptions plans,
                                const Assumptions& assumptions) {
  if (assumptions.unique_tokens && law.law.reads(Input::U))
    plans.held[kUniqueTokens] = isoloss::exp(kLogMost);
  return plans;
}

}  // namespace

Forecaster::Forecaster(const FittedLaw& law, PlanOptions plans, const Assumptions& assumptions,
                       const Sampling& sampling)
    : law_(law),
      assumptions_(assumptions),
      plans_(with_endless_tokens(law, std::move(plans), assumptions)),
      surface_(law.law, plans_.held, law.flops_per_token_param),
      thetas_(law.thetas) {
  if (!law.has_draws() && assumptions.has_range())
    thetas_.resize(1 + static_cast<std::size_t>(sampling.num_samples), law.thetas[0]);
  paths_ = sample_paths(assumptions, thetas_.size() - 1, sampling.seed);
}

std::vector<Plan> Forecaster::plans_for(const std::vector<double>& flops,
                                        const Stock& stock) const {
  const Cost training{law_.flops_per_token_param, 0};
  return plans(surface_, thetas_, training, plans_.limits, Given::cost, flops, plans_.num_threads,
               stock);
}

}  // namespace isoloss
