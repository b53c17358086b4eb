#include "host/answers/forecast/forecaster.h"

#include "fits/math.h"
#include "host/answers/optimum/weighed_bits.h"

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

Forecaster::Forecaster(const FittedLaw& law, PlanOptions plans, const ForecastQuestion& question)
    : law_(law),
      assumptions_(question.assumptions),
      num_threads_(plans.num_threads),
      thetas_(law.thetas) {
  const PlanOptions own = with_endless_tokens(law, std::move(plans), assumptions_);
  if (question.bits.empty())
    ways_.push_back(way_of(own, {}));
  else
    for (const WeighedBits& each : weighed_bits(law, own, question.decoding, question.bits))
      ways_.push_back(way_of(each.options, each.bits));
  if (!law.has_draws() && assumptions_.has_range())
    thetas_.resize(1 + static_cast<std::size_t>(question.sampling.num_samples), law.thetas[0]);
  paths_ = sample_paths(assumptions_, thetas_.size() - 1, question.sampling.seed);
}

Forecaster::Way Forecaster::way_of(const PlanOptions& options, const Bits& bits) const {
  return {bits, options.training.value_or(Cost{law_.flops_per_token_param}), options.limits,
          SurfaceProgram(law_.law, options.held, law_.flops_per_token_param)};
}

std::vector<std::vector<Plan>> Forecaster::plans_of_ways(const std::vector<double>& flops,
                                                         const Stock& stock) const {
  std::vector<std::vector<Plan>> out;
  for (const Way& own : ways_)
    out.push_back(plans(own.surface, thetas_, own.training, own.limits, Given::cost, flops,
                        num_threads_, stock));
  return out;
}

std::vector<Plan> Forecaster::plans_for(const std::vector<double>& flops,
                                        const Stock& stock) const {
  const std::vector<std::vector<Plan>> all = plans_of_ways(flops, stock);
  return plans_of_rows(all, best_rows(all, Given::cost));
}

std::pair<std::vector<Plan>, std::optional<YearBits>> Forecaster::chosen_for(
    const std::vector<double>& flops) const {
  const std::vector<std::vector<Plan>> all = plans_of_ways(flops, {});
  const std::vector<std::size_t> best = best_rows(all, Given::cost);
  std::optional<YearBits> bits;
  if (ways_.size() > 1 || ways_[0].bits.training || ways_[0].bits.post)
    bits = YearBits{ways_[best[0]].bits, share_alike(best)};
  return {plans_of_rows(all, best), bits};
}

}  // namespace isoloss
