#include "host/answers/optimum/thinking.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "fits/math.h"
#include "host/answers/optimum/asker.h"
#include "host/answers/optimum/break_even.h"
#include "host/answers/optimum/draws_without.h"
#include "host/answers/optimum/row_parts.h"
#include "host/base/error.h"
#include "host/base/warnings.h"
#include "host/fit/extrapolation_warning.h"

namespace isoloss {
namespace {

// A loss above this says less than a uniform guess over 256k tokens, whose log is 12.5.
constexpr double kMostLoss = 12.5;
constexpr double kEndless = 1e60;  // FLOP

// The losses that so many samples need, a row each.
struct Needed {
  double samples = 1;
  std::vector<double> losses;  // NaN: none
  bool is_by_chance = false;   // of the estimate
};

using RowPlans = std::vector<Plan>;

class Thinker {
 public:
  Thinker(const FittedLaw& law, const ThinkingQuestion& question)
      : law_(law), asked_(question), ask_(law, question.serving.plans) {
    if (!asked_.target) find_quality();
    accuracy_.emplace(asked_.accuracy, range(), asked_.samples);
    find_targets();
    one_ = needed(1);
    for (const double samples : asked_.samples) needed_.push_back(needed(samples));
    trained_ = plans_of_training(one_.losses);
  }

  Estimate target() const {
    return ask_.estimate([&](std::size_t i) { return targets_[i]; });
  }
  Estimate loss_of_one() const {
    return ask_.estimate([&](std::size_t i) { return one_.losses[i]; });
  }
  ThinkingAnswer answer(double demand) const;
  std::vector<BreakEven> break_evens() const;

 private:
  // What the model that answers at once loses, a row each.
  void find_quality() {
    const Quality& quality = asked_.serving.quality;
    const RowPlans best = ask_.best(ask_.training(), {}, quality.given, quality.value);
    ask_.require_reached(best, quality.given, quality.value);
    for (const Plan& plan : best) quality_.push_back(plan.L());
    require(std::isfinite(quality_[0]), "the law has no compute-optimal model of ``quality-of``",
            "name a size that it can be asked of: 13B");
  }

  // From the loss of endless compute, or one that was asked, to one that says nothing.
  LossRange range() const {
    double least = ask_.best(ask_.training(), {}, Given::cost, kEndless)[0].L();
    for (const double own : quality_) least = std::fmin(least, own);
    if (!std::isfinite(least)) least = 0;
    return {least, std::fmax(kMostLoss, 2 * least)};
  }

  void find_targets() {
    if (asked_.target) {
      targets_.assign(ask_.num_rows(), *asked_.target);
      return;
    }
    for (const double loss : quality_) targets_.push_back(accuracy_->of(loss, 1));
    constexpr double kLeastAccuracy = 1e-9;  // less is never met
    require(targets_[0] > kLeastAccuracy && targets_[0] < 1,
            fmt::format("the accuracy at a loss of {:.4g} is {:g}", quality_[0], targets_[0]),
            "ask for a model whose accuracy lies between 0 and 1");
  }

  Needed needed(double samples) const {
    Needed out{samples, std::vector<double>(targets_.size()), false};
    if (asked_.target)
      out.losses.assign(targets_.size(), accuracy_->loss_for(*asked_.target, samples));
    else
      in_parts(targets_.size(), asked_.serving.plans.num_threads,
               [&](std::size_t begin, std::size_t end) {
                 for (std::size_t i = begin; i < end; ++i)
                   out.losses[i] = accuracy_->loss_for(targets_[i], samples);
               });
    out.is_by_chance = std::isinf(out.losses[0]);
    for (double& own : out.losses)
      if (std::isinf(own)) own = NAN;
    return out;
  }

  Cost cost_of_serving(double demand, double samples) const {
    return cost_of(demand_of(asked_, demand, samples), asked_.serving.prices,
                   law_.flops_per_token_param);
  }
  RowPlans plans_of(const Needed& own, double demand) const {
    return ask_.best(cost_of_serving(demand, own.samples), asked_.serving.plans.limits, Given::loss,
                     own.losses);
  }
  RowPlans plans_of_training(const std::vector<double>& losses) const {
    return ask_.best(ask_.training(), {}, Given::loss, losses);
  }

  Estimate saving_of(const RowPlans& own, const RowPlans& one) const {
    return ask_.estimate(
        [&](std::size_t i) { return 1 - isoloss::exp(own[i].log_cost - one[i].log_cost); });
  }
  SampledModel model_of(const Needed& own, double demand, const RowPlans& plans,
                        const RowPlans& one) const;

  const FittedLaw& law_;
  const ThinkingQuestion& asked_;
  Asker ask_;
  std::optional<TaskAccuracy> accuracy_;
  std::vector<double> quality_, targets_;
  Needed one_;
  std::vector<Needed> needed_;
  RowPlans trained_;  // compute-optimal for what one sample needs
};

SampledModel Thinker::model_of(const Needed& own, double demand, const RowPlans& plans,
                               const RowPlans& one) const {
  const Answer answer = ask_.answer(demand, plans);
  SampledModel out;
  out.samples = own.samples;
  out.end = answer.end;
  out.is_by_chance = own.is_by_chance;
  out.accuracy = ask_.estimate([&](std::size_t i) { return accuracy_->of(plans[i].L(), 1); });
  out.loss = answer.loss, out.N = answer.N, out.D = answer.D;
  out.flops = answer.flops, out.cost = answer.cost;
  out.served = demand_of(asked_, demand, own.samples).tokens();
  out.saving = saving_of(plans, one);
  out.share_without = answer.share_without;
  return out;
}

// Of every row the place of what costs least, the fewest samples of equals; none: the number.
std::vector<std::size_t> cheapest_of(const std::vector<RowPlans>& plans) {
  const auto cost = [&](std::size_t k, std::size_t row) {
    const Plan& own = plans[k][row];
    return own.end == PlanEnd::none ? INFINITY : own.log_cost;
  };
  std::vector<std::size_t> out(plans[0].size(), plans.size());
  for (std::size_t row = 0; row < out.size(); ++row) {
    double least = INFINITY;
    for (std::size_t k = 0; k < plans.size(); ++k)
      if (cost(k, row) < least) least = cost(k, row), out[row] = k;
  }
  return out;
}

double share_that_choose(const std::vector<std::size_t>& best, std::size_t which) {
  if (best.size() < 2) return 0;
  return static_cast<double>(std::count(best.begin() + 1, best.end(), which)) /
         static_cast<double>(best.size() - 1);
}

ThinkingAnswer Thinker::answer(double demand) const {
  ThinkingAnswer out;
  out.asked = demand;
  const RowPlans one = plans_of(one_, demand);
  std::vector<RowPlans> plans;
  for (const Needed& own : needed_) {
    plans.push_back(own.samples == 1 ? one : plans_of(own, demand));
    out.models.push_back(model_of(own, demand, plans.back(), one));
  }
  const std::vector<std::size_t> best = cheapest_of(plans);
  for (std::size_t k = 0; k < plans.size(); ++k)
    out.models[k].share_best = share_that_choose(best, k);
  if (best[0] < plans.size()) out.best = best[0];
  RowPlans chosen(best.size());
  for (std::size_t row = 0; row < best.size(); ++row)
    if (best[row] < plans.size()) chosen[row] = plans[best[row]][row];
  const Answer own = ask_.answer(demand, chosen);
  out.N = own.N, out.D = own.D, out.loss = own.loss, out.flops = own.flops, out.cost = own.cost;
  out.share_without = own.share_without, out.extrapolation = own.extrapolation;
  out.saving = saving_of(chosen, one);
  const Cost at_once = cost_of_serving(demand, 1);
  out.saving_over_trained = ask_.estimate([&](std::size_t i) {
    return 1 - chosen[i].cost() / at_once(trained_[i].N(), trained_[i].D());
  });
  out.N_of_one = ask_.estimate([&](std::size_t i) { return one[i].N(); });
  out.D_of_one = ask_.estimate([&](std::size_t i) { return one[i].D(); });
  return out;
}

std::vector<BreakEven> Thinker::break_evens() const {
  std::vector<BreakEven> out;
  const EstimateCost cost(law_, asked_);
  for (const Needed& own : needed_)
    if (own.samples > 1 && !std::isnan(own.losses[0]))
      if (const auto demand = cost.break_even(own.samples, own.losses[0], one_.losses[0]))
        out.push_back({own.samples, *demand});
  return out;
}

// An accuracy's fit that is not sound makes no sound answer.
void add_accuracy_law(const AccuracyOfLoss& accuracy, Thinking& to) {
  if (!accuracy.law || accuracy.law->status == Status::converged) return;
  if (to.status == Status::converged) to.status = accuracy.law->status;
  for (const Warning& own : accuracy.law->warnings) to.warnings.push_back(own);
}

void add_thinking_warnings(Thinking& to) {
  double farthest = 1;
  for (const ThinkingAnswer& own : to.answers)
    if (own.extrapolation && own.best) farthest = std::fmax(farthest, *own.extrapolation);
  if (const auto own = extrapolation_warning(farthest)) to.warnings.push_back(*own);
  if (to.question.serving.prices.serving_factor != 1)
    to.warnings.push_back(warning<"serving_factor_alone">());
  for (const SampledModel& own : to.answers[0].models)
    if (own.is_by_chance) {
      to.warnings.push_back(warning<"accurate_by_chance">(own.samples, 100 * to.target.value));
      break;
    }
  if (const auto own = draws_without_warning(to.answers)) to.warnings.push_back(*own);
  if (to.outcome() == Outcome::none) to.warnings.push_back(warning<"no_optimum">());
}

}  // namespace

Demand demand_of(const ThinkingQuestion& question, double asked, double samples) {
  if (!question.query) return {asked * samples, 0};
  return {asked * question.query->input_tokens, asked * question.query->output_tokens * samples};
}

const BreakEven* Thinking::last_break_even() const {
  const auto less = [](const BreakEven& a, const BreakEven& b) { return a.demand < b.demand; };
  const auto last = std::max_element(break_evens.begin(), break_evens.end(), less);
  return last == break_evens.end() ? nullptr : &*last;
}

Outcome Thinking::outcome() const {
  const auto is_none = [](const ThinkingAnswer& own) { return !own.best; };
  return std::any_of(answers.begin(), answers.end(), is_none) ? Outcome::none : outcome_of(status);
}

Thinking thinking(const FittedLaw& law, const ThinkingQuestion& question) {
  Thinking out{question, {}, {}, {}, {}, law.status, law.warnings};
  const Thinker thinker(law, out.question);
  out.target = thinker.target();
  out.loss_of_one = thinker.loss_of_one();
  for (const double demand : question.demands) out.answers.push_back(thinker.answer(demand));
  out.break_evens = thinker.break_evens();
  add_accuracy_law(question.accuracy, out);
  add_thinking_warnings(out);
  return out;
}

}  // namespace isoloss
