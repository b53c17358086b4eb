#include "host/answers/optimum/bits.h"

#include <algorithm>
#include <cmath>
#include <memory>

#include "fits/math.h"
#include "host/answers/optimum/asker.h"
#include "host/base/error.h"

namespace isoloss {
namespace {

constexpr double kFullBits = 16;  // in which a FLOP counts as one

// The plans of some bits: what they are sought under, and what they cost.
struct Weighed {
  Bits bits;
  PlanOptions options;
  Prices prices;
  std::unique_ptr<Asker> ask;
};

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

Weighed weighed_of(const FittedLaw& law, const OptimumQuestion& asked, Bits bits) {
  Weighed out{bits, asked.plans, asked.prices, nullptr};
  HeldInputs& held = out.options.held;
  if (bits.training)
    for (const char* name : open_training_bits(law.law, asked.plans.held))
      held[name] = *bits.training;
  const double weights = held_or_full(held, kWeightBits);
  if (bits.post) held[kPostBits] = *bits.post < weights ? *bits.post : kUnquantised;
  out.bits.served = std::min(weights, bits.post.value_or(held_or_full(held, kPostBits)));
  const double a_flop =
      law.law.reads(kWeightBits) ? std::max(weights, held_or_full(held, kActBits)) / kFullBits : 1;
  out.options.training = Cost{law.flops_per_token_param * a_flop};
  out.prices.serving_factor = out.bits.served / kFullBits;
  if (!asked.decoding) return out;
  Decoding decoding = *asked.decoding;
  decoding.bits = out.bits.served;
  double& most = out.options.limits.max_params;
  most = std::min(most, largest_model(decoding).N);
  return out;
}

bool may_be(const Weighed& own) {
  return own.bits.post.value_or(0) <= held_or_full(own.options.held, kWeightBits) &&
         own.options.limits.max_params > 0;
}

// Each of the bits, or none where there is no choice.
std::vector<std::optional<double>> each_of(const std::vector<double>& bits, bool is_open) {
  if (!is_open) return {std::nullopt};
  return {bits.begin(), bits.end()};
}

std::vector<Weighed> all_weighed(const FittedLaw& law, const OptimumQuestion& asked) {
  const bool has_training = !open_training_bits(law.law, asked.plans.held).empty();
  const bool has_post = law.law.reads(kPostBits) && !asked.plans.held.contains(kPostBits);
  require(has_training || has_post,
          law.law.name + " reads no bits that are open: ``choose-bits`` changes nothing",
          "take the law precision or precision_post, and hold fewer with ``input``");
  std::vector<Weighed> out;
  for (const auto& training : each_of(asked.bits, has_training))
    for (const auto& post : each_of(asked.bits, has_post))
      if (Weighed own = weighed_of(law, asked, {training, post}); may_be(own))
        out.push_back(std::move(own));
  require(!out.empty(),
          "none of these bits may be: weights are served in no more than they have, "
          "within the device",
          "name fewer bits, or a larger device");
  for (Weighed& own : out) own.ask = std::make_unique<Asker>(law, own.options);
  return out;
}

void require_loss_or_cost(const OptimumQuestion& asked) {
  const Given given = asked.kind == QuestionKind::training ? asked.given : asked.quality.given;
  const bool is_plain = asked.kind == QuestionKind::training || asked.kind == QuestionKind::serving;
  require(is_plain && (given == Given::cost || given == Given::loss),
          "``choose-bits`` is for a budget or a loss", "give ``compute`` or ``loss``");
  require(!asked.has_recorded_cost, "``choose-bits`` knows what training costs",
          "leave out ``compute-from``");
}

// One question, as all bits have to answer it.
struct Asked {
  double shown = 0;           // of the answer
  Given given = Given::cost;  // cost or loss
  double value = 0;
  const Demand* demand = nullptr;  // served too
};

std::vector<Asked> questions_of(const OptimumQuestion& question) {
  std::vector<Asked> out;
  if (question.kind == QuestionKind::training)
    for (const double value : question.values) out.push_back({value, question.given, value});
  else
    for (const Demand& own : question.demands)
      out.push_back({own.tokens(), question.quality.given, question.quality.value, &own});
  return out;
}

Cost cost_of(const Weighed& own, const Asked& asked, double flops_per_token_param) {
  Cost out = *own.options.training;
  if (!asked.demand) return out;
  const Cost priced = cost_of(*asked.demand, own.prices, flops_per_token_param);
  return {priced.train * out.train / flops_per_token_param, priced.serve};
}

double goal_of(const Plan& plan, Given given) {
  if (plan.end == PlanEnd::none) return INFINITY;
  return given == Given::cost ? plan.log_L : plan.log_cost;
}

ModelOfBits model_of(const Weighed& own, const std::vector<Plan>& plans) {
  const Answer answer = own.ask->answer(0, plans);
  return {own.bits, answer.N, answer.D, answer.loss, answer.cost, answer.end};
}

// Of every row: which bits are best, the first of equals.
std::vector<std::size_t> best_of(const std::vector<std::vector<Plan>>& plans, Given given) {
  std::vector<std::size_t> out(plans[0].size(), 0);
  for (std::size_t row = 0; row < out.size(); ++row)
    for (std::size_t k = 1; k < plans.size(); ++k)
      if (goal_of(plans[k][row], given) < goal_of(plans[out[row]][row], given)) out[row] = k;
  return out;
}

std::optional<Estimate> tokens_that_hurt(const std::vector<Weighed>& weighed,
                                         const std::vector<Plan>& chosen,
                                         const std::vector<std::size_t>& best) {
  std::vector<double> log_N, log_D(chosen.size());
  for (const Plan& plan : chosen) log_N.push_back(plan.log_N);
  for (std::size_t k = 0; k < weighed.size(); ++k) {
    if (std::find(best.begin(), best.end(), k) == best.end()) continue;
    const std::vector<double> own = weighed[k].ask->log_tokens_that_hurt(log_N);
    for (std::size_t row = 0; row < own.size(); ++row)
      if (best[row] == k) log_D[row] = own[row];
  }
  if (std::isnan(log_D[0])) return std::nullopt;
  return weighed[0].ask->estimate([&](std::size_t i) { return isoloss::exp(log_D[i]); });
}

Answer answer_to(const Asked& asked, const std::vector<Weighed>& weighed,
                 double flops_per_token_param) {
  std::vector<std::vector<Plan>> plans;
  ChosenBits bits;
  for (const Weighed& own : weighed) {
    plans.push_back(own.ask->best(cost_of(own, asked, flops_per_token_param), own.options.limits,
                                  asked.given, asked.value));
    bits.models.push_back(model_of(own, plans.back()));
  }
  const std::vector<std::size_t> best = best_of(plans, asked.given);
  std::vector<Plan> chosen;
  for (std::size_t row = 0; row < best.size(); ++row) chosen.push_back(plans[best[row]][row]);
  const Asker& ask = *weighed[best[0]].ask;
  ask.require_reached(chosen, asked.given, asked.value);
  Answer out = ask.answer(asked.shown, chosen);
  out.flops = ask.estimate([&](std::size_t i) {
    return (*weighed[best[i]].options.training)(chosen[i].N(), chosen[i].D());
  });
  bits.bits = weighed[best[0]].bits;
  if (best.size() > 1)
    bits.share_alike = static_cast<double>(std::count(best.begin() + 1, best.end(), best[0])) /
                       static_cast<double>(best.size() - 1);
  if (out.end != PlanEnd::none) bits.tokens_that_hurt = tokens_that_hurt(weighed, chosen, best);
  out.bits = std::move(bits);
  return out;
}

}  // namespace

std::vector<Answer> bits_answers(const FittedLaw& law, const OptimumQuestion& question) {
  require_loss_or_cost(question);
  const std::vector<Weighed> weighed = all_weighed(law, question);
  std::vector<Answer> out;
  for (const Asked& asked : questions_of(question))
    out.push_back(answer_to(asked, weighed, law.flops_per_token_param));
  return out;
}

}  // namespace isoloss
