#include "host/answers/optimum/weighed_bits.h"

#include <algorithm>
#include <cmath>

#include "host/base/error.h"

namespace isoloss {
namespace {

constexpr double kFullBits = 16;  // in which a FLOP counts as one

double held_or_full(const HeldInputs& held, const char* name) {
  const auto at = held.find(name);
  return at == held.end() ? kFullBits : at->second;
}

// Columns of training bits that the law reads and nobody holds.
std::vector<const char*> open_training_bits(const LawEntry& law, const HeldInputs& held) {
  std::vector<const char*> out;
  for (const char* name : kTrainingBits)
    if (law.reads(name) && !held.contains(name)) out.push_back(name);
  return out;
}

WeighedBits weighed_of(const FittedLaw& law, const PlanOptions& options,
                       const std::optional<Decoding>& asked, Bits bits) {
  WeighedBits out{bits, options};
  HeldInputs& held = out.options.held;
  if (bits.training)
    for (const char* name : open_training_bits(law.law, options.held)) held[name] = *bits.training;
  const double weights = held_or_full(held, kWeightBits);
  if (bits.post) held[kPostBits] = *bits.post < weights ? *bits.post : kUnquantised;
  out.bits.served = std::min(weights, bits.post.value_or(held_or_full(held, kPostBits)));
  const double a_flop =
      law.law.reads(kWeightBits) ? std::max(weights, held_or_full(held, kActBits)) / kFullBits : 1;
  out.options.training = Cost{law.flops_per_token_param * a_flop};
  if (!asked) return out;
  Decoding decoding = *asked;
  decoding.bits = out.bits.served;
  double& most = out.options.limits.max_params;
  most = std::min(most, largest_model(decoding).N);
  return out;
}

bool may_be(const WeighedBits& own) {
  return own.bits.post.value_or(0) <= held_or_full(own.options.held, kWeightBits) &&
         own.options.limits.max_params > 0;
}

// Each of the bits, or none where there is no choice.
std::vector<std::optional<double>> each_of(const std::vector<double>& bits, bool is_open) {
  if (!is_open) return {std::nullopt};
  return {bits.begin(), bits.end()};
}

double goal_of(const Plan& plan, Given given) {
  if (plan.end == PlanEnd::none) return INFINITY;
  return given == Given::cost ? plan.log_L : plan.log_cost;
}

}  // namespace

double WeighedBits::serving_factor() const { return bits.served / kFullBits; }

std::vector<WeighedBits> weighed_bits(const FittedLaw& law, const PlanOptions& options,
                                      const std::optional<Decoding>& decoding,
                                      const std::vector<double>& bits) {
  const bool has_training = !open_training_bits(law.law, options.held).empty();
  const bool has_post = law.law.reads(kPostBits) && !options.held.contains(kPostBits);
  require(has_training || has_post,
          law.law.name + " reads no bits that are open: ``choose-bits`` changes nothing",
          "take the law precision or precision_post, and hold fewer with ``input``");
  std::vector<WeighedBits> out;
  for (const auto& training : each_of(bits, has_training))
    for (const auto& post : each_of(bits, has_post))
      if (WeighedBits own = weighed_of(law, options, decoding, {training, post}); may_be(own))
        out.push_back(std::move(own));
  require(!out.empty(),
          "none of these bits may be: weights are served in no more than they have, "
          "within the device",
          "name fewer bits, or a larger device");
  return out;
}

std::vector<std::size_t> best_rows(const std::vector<std::vector<Plan>>& plans, Given given) {
  std::vector<std::size_t> out(plans[0].size(), 0);
  for (std::size_t row = 0; row < out.size(); ++row)
    for (std::size_t k = 1; k < plans.size(); ++k)
      if (goal_of(plans[k][row], given) < goal_of(plans[out[row]][row], given)) out[row] = k;
  return out;
}

std::vector<Plan> plans_of_rows(const std::vector<std::vector<Plan>>& plans,
                                const std::vector<std::size_t>& best) {
  std::vector<Plan> out;
  for (std::size_t row = 0; row < best.size(); ++row) out.push_back(plans[best[row]][row]);
  return out;
}

double share_alike(const std::vector<std::size_t>& best) {
  if (best.size() < 2) return 1;
  const auto alike = std::count(best.begin() + 1, best.end(), best[0]);
  return static_cast<double>(alike) / static_cast<double>(best.size() - 1);
}

}  // namespace isoloss
