#include "host/answers/compare_laws/mean_answer.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "host/answers/optimum/asker.h"

namespace isoloss {
namespace {

using Weighted = std::pair<double, double>;  // a value and its weight

std::vector<Weighted> pooled(const std::vector<WeightedDraws>& laws) {
  std::vector<Weighted> out;
  for (const WeightedDraws& law : laws) {
    const std::vector<double>& own = law.draws;
    const auto num = static_cast<double>(
        std::count_if(own.begin(), own.end(), [](double draw) { return std::isfinite(draw); }));
    if (num == 0) out.emplace_back(law.value, law.weight);
    for (const double draw : own)
      if (std::isfinite(draw)) out.emplace_back(draw, law.weight / num);
  }
  std::sort(out.begin(), out.end());
  return out;
}

// The value below which the share `at` of the weight lies, by lines between the middles of the
// weights.
double quantile(const std::vector<Weighted>& sorted, double total, double at) {
  double below = 0, last_middle = 0, last_value = sorted.front().first;
  for (const auto& [value, weight] : sorted) {
    const double middle = (below + weight / 2) / total;
    if (middle >= at)
      return middle == last_middle
                 ? value
                 : last_value +
                       (value - last_value) *
                           std::clamp((at - last_middle) / (middle - last_middle), 0.0, 1.0);
    below += weight;
    last_middle = middle;
    last_value = value;
  }
  return last_value;
}

WeightedDraws weighted(const std::vector<Plan>& plans, double weight,
                       double (Plan::*quantity)() const) {
  WeightedDraws out;
  out.weight = weight;
  out.value = (plans.front().*quantity)();
  for (std::size_t i = 1; i < plans.size(); ++i)
    out.draws.push_back(plans[i].end == PlanEnd::none ? NAN : (plans[i].*quantity)());
  return out;
}

bool has_plans(const LawEntry& law) {
  return law.inputs.size() == 2 && law.reads(Input::N) && law.reads(Input::D);
}

// What the laws say of one budget, by quantity.
struct Together {
  std::vector<WeightedDraws> N, D, loss;
};

// Nothing of a law that has no such model, which says nothing to the others.
std::optional<Answer> answer_of(const ComparedLaw& law, double budget, Together& together) {
  const PlanOptions options;
  const Asker ask(*law.fit, options);
  const std::vector<Plan> plans = ask.best(ask.training(), options.limits, Given::cost, budget);
  if (plans.front().end == PlanEnd::none) return std::nullopt;
  if (law.weight > 0) {
    together.N.push_back(weighted(plans, law.weight, &Plan::N));
    together.D.push_back(weighted(plans, law.weight, &Plan::D));
    together.loss.push_back(weighted(plans, law.weight, &Plan::L));
  }
  return ask.answer(budget, plans);
}

MeanAnswer mean_of(const Together& together, double budget, double confidence) {
  if (together.N.empty()) return {budget, {NAN, {}, {}}, {NAN, {}, {}}, {NAN, {}, {}}};
  return {budget, mixture_of(together.N, confidence), mixture_of(together.D, confidence),
          mixture_of(together.loss, confidence)};
}

}  // namespace

Estimate mixture_of(const std::vector<WeightedDraws>& laws, double confidence) {
  const std::vector<Weighted> all = pooled(laws);
  double total = 0, sum = 0;
  for (const WeightedDraws& law : laws) {
    total += law.weight;
    sum += law.weight * std::log(law.value);
  }
  const double outside = (1 - confidence) / 2;
  Estimate out;
  out.value = std::exp(sum / total);
  if (all.size() > 1)
    out.interval = Interval{quantile(all, total, outside), quantile(all, total, 1 - outside)};
  return out;
}

void answer_budgets(const RunTable& runs, const FitOptions& options, CompareLaws& out) {
  const std::vector<double>& budgets = out.question.budgets;
  if (budgets.empty()) return;
  std::vector<Together> together(budgets.size());
  for (ComparedLaw& law : out.laws) {
    if (!has_plans(*law.law)) continue;
    law.fit = law_fitted_to(runs, law.law, options);
    for (std::size_t i = 0; i < budgets.size(); ++i)
      law.answers.push_back(answer_of(law, budgets[i], together[i]));
  }
  for (std::size_t i = 0; i < budgets.size(); ++i)
    out.means.push_back(mean_of(together[i], budgets[i], options.confidence));
}

}  // namespace isoloss
