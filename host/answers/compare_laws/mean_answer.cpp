#include "host/answers/compare_laws/mean_answer.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <utility>

#include "host/answers/optimum/asker.h"
#include "host/fit/fit.h"

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

// A plan for each row of the law, the estimate first.
std::vector<Plan> plans_of(const FittedLaw& law, double budget) {
  Question question;
  question.flops_per_token_param = law.flops_per_token_param;
  const Asker ask(law, question);
  return ask.best(ask.training(), question.limits, Given::cost, budget);
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

void fit_to_all(const RunTable& runs, const FitOptions& options, ComparedLaw& law) {
  auto made = std::make_shared<FittedRuns>(FittedRuns{runs, {}});
  made->fit = fit(made->runs, law.law, options);
  law.fit = law_of_fit(std::move(made));
}

// Nothing of a law that has no such model.
std::optional<Answer> answer_of(const FittedLaw& law, double budget) {
  Question question;
  question.flops_per_token_param = law.flops_per_token_param;
  Answer out = training_answers(law, question, Given::cost, {budget}).front();
  if (out.end == PlanEnd::none) return std::nullopt;
  return out;
}

bool has_plans(const LawEntry& law) {
  return law.inputs.size() == 2 && law.reads(Input::N) && law.reads(Input::D);
}

MeanAnswer mean_of(const std::vector<ComparedLaw>& laws, std::size_t place, double budget,
                   double confidence) {
  std::vector<WeightedDraws> N, D, loss;
  for (const ComparedLaw& law : laws) {
    if (law.weight == 0 || place >= law.answers.size() || !law.answers[place]) continue;
    const std::vector<Plan> plans = plans_of(*law.fit, budget);
    N.push_back(weighted(plans, law.weight, &Plan::N));
    D.push_back(weighted(plans, law.weight, &Plan::D));
    loss.push_back(weighted(plans, law.weight, &Plan::L));
  }
  MeanAnswer out{budget, {NAN, {}, {}}, {NAN, {}, {}}, {NAN, {}, {}}};
  if (N.empty()) return out;
  return {budget, mixture_of(N, confidence), mixture_of(D, confidence),
          mixture_of(loss, confidence)};
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
  for (ComparedLaw& law : out.laws) {
    if (!has_plans(*law.law)) continue;
    fit_to_all(runs, options, law);
    for (const double budget : budgets) law.answers.push_back(answer_of(*law.fit, budget));
  }
  for (std::size_t place = 0; place < budgets.size(); ++place)
    out.means.push_back(mean_of(out.laws, place, budgets[place], options.confidence));
}

}  // namespace isoloss
