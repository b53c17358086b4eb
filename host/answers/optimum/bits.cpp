#include "host/answers/optimum/bits.h"

#include <algorithm>
#include <cmath>
#include <memory>

#include "fits/math.h"
#include "host/answers/optimum/asker.h"
#include "host/answers/optimum/weighed_bits.h"
#include "host/base/error.h"

namespace isoloss {
namespace {

// Bits and who is asked for their plans.
struct AskedBits {
  WeighedBits weighed;
  std::unique_ptr<Asker> ask;
};

std::vector<AskedBits> all_asked(const FittedLaw& law, const OptimumQuestion& asked) {
  std::vector<AskedBits> out;
  for (WeighedBits& own : weighed_bits(law, asked.plans, asked.decoding, asked.bits))
    out.push_back({std::move(own), nullptr});
  for (AskedBits& own : out) own.ask = std::make_unique<Asker>(law, own.weighed.options);
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

Cost cost_of(const WeighedBits& own, const Asked& asked, Prices prices,
             double flops_per_token_param) {
  Cost out = *own.options.training;
  if (!asked.demand) return out;
  prices.serving_factor = own.serving_factor();
  const Cost priced = cost_of(*asked.demand, prices, flops_per_token_param);
  return {priced.train * out.train / flops_per_token_param, priced.serve};
}

ModelOfBits model_of(const AskedBits& own, const std::vector<Plan>& plans) {
  const Answer answer = own.ask->answer(0, plans);
  return {own.weighed.bits, answer.N, answer.D, answer.loss, answer.cost, answer.end};
}

std::optional<Estimate> tokens_that_hurt(const std::vector<AskedBits>& weighed,
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

Answer answer_to(const Asked& asked, const std::vector<AskedBits>& weighed, const Prices& prices,
                 double flops_per_token_param) {
  std::vector<std::vector<Plan>> plans;
  ChosenBits bits;
  for (const AskedBits& own : weighed) {
    const Cost cost = cost_of(own.weighed, asked, prices, flops_per_token_param);
    plans.push_back(own.ask->best(cost, own.weighed.options.limits, asked.given, asked.value));
    bits.models.push_back(model_of(own, plans.back()));
  }
  const std::vector<std::size_t> best = best_rows(plans, asked.given);
  const std::vector<Plan> chosen = plans_of_rows(plans, best);
  const Asker& ask = *weighed[best[0]].ask;
  ask.require_reached(chosen, asked.given, asked.value);
  Answer out = ask.answer(asked.shown, chosen);
  out.flops = ask.estimate([&](std::size_t i) {
    return (*weighed[best[i]].weighed.options.training)(chosen[i].N(), chosen[i].D());
  });
  bits.bits = weighed[best[0]].weighed.bits;
  bits.share_alike = share_alike(best);
  if (out.end != PlanEnd::none) bits.tokens_that_hurt = tokens_that_hurt(weighed, chosen, best);
  out.bits = std::move(bits);
  return out;
}

}  // namespace

std::vector<Answer> bits_answers(const FittedLaw& law, const OptimumQuestion& question) {
  require_loss_or_cost(question);
  const std::vector<AskedBits> weighed = all_asked(law, question);
  std::vector<Answer> out;
  for (const Asked& asked : questions_of(question))
    out.push_back(answer_to(asked, weighed, question.prices, law.flops_per_token_param));
  return out;
}

}  // namespace isoloss
