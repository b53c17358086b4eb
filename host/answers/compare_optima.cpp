#include "host/answers/compare_optima.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "fits/math.h"
#include "host/answers/borrowed_terms.h"
#include "host/answers/count/count_conversion.h"
#include "host/answers/optimum/recipe_point.h"
#include "host/answers/optimum/weighed_bits.h"
#include "host/base/error.h"
#include "host/base/text.h"
#include "host/base/warnings.h"
#include "host/fit/extrapolation_warning.h"
#include "host/laws/registry.h"

namespace isoloss {
namespace {

// Inputs that a plan gives itself.
bool is_planned(const LawInput& input) {
  return input.table == static_cast<int>(Input::N) || input.table == static_cast<int>(Input::D) ||
         input.table == static_cast<int>(Input::C);
}

HeldInputs held_for(const Recipe& recipe, const HeldInputs& held) {
  return recipe.law.empty() ? HeldInputs{} : held_for(find_law(recipe.law), held);
}

void require_read(const FittedLaw& law, const CompareOptimaQuestion& asked) {
  HeldInputs read = held_for(law.law, asked.held);
  for (const Recipe* recipe : asked.recipes) read.merge(held_for(*recipe, asked.held));
  for (const auto& [name, value] : asked.held)
    if (!read.contains(name) && !(name == kUniqueTokens && asked.unique_tokens))
      throw InputError("", 0, "", fmt::format("no law that is compared reads {}", printable(name)),
                       "leave it out, or name a recipe that does: isoloss optimum ``list``");
}

double converted(double N, bool is_total, bool to_total) {
  if (is_total == to_total || std::isnan(N)) return N;
  return to_total ? total_of(N) : non_embedding_of(N);
}

// Rounding wastes nothing and saves nothing.
void drop_rounding(Estimate& overhead) {
  constexpr double kRounding = 1e-9;
  const auto drop = [](double& x) {
    if (std::fabs(x) < kRounding) x = 0;
  };
  drop(overhead.value);
  if (overhead.interval) drop(overhead.interval->lower);
}

class Comparer {
 public:
  Comparer(const FittedLaw& law, const CompareOptimaQuestion& asked)
      : law_(law),
        asked_(asked),
        estimate_(law),
        plans_{held_for(law.law, asked.held), {}, asked.num_threads} {
    estimate_.thetas.resize(1);
    if (asked.unique_tokens) repetition_ = lent(kRepetitionRecipe);
    if (asked.post_bits) bits_ = lent(kBitsRecipe);
  }

  bool lacks_terms() const {
    return (asked_.unique_tokens && !repetition_) || (asked_.post_bits && !bits_);
  }

  ComparedBudget at(double flops) const {
    ComparedBudget out{flops, {}};
    for (const Recipe* recipe : asked_.recipes) out.models.push_back(of_recipe(*recipe, flops));
    if (asked_.isoflop) out.models.push_back(of_isoflop(flops));
    const Answer best = training_answers(estimate_, plans_, Given::cost, {flops}).front();
    out.models.push_back({.school = School::own,
                          .N = best.N.value,
                          .D = best.D.value,
                          .is_saturated = best.end == PlanEnd::saturated});
    for (const double tokens : asked_.served_tokens) out.models.push_back(of_serving(best, tokens));
    if (asked_.decoding) out.models.push_back(of_device(flops));
    if (repetition_)
      out.models.push_back(of_terms(School::repeated, *repetition_,
                                    {{kUniqueTokens, *asked_.unique_tokens}}, flops, best));
    if (bits_) out.models.push_back(of_terms(School::quantised, *bits_, held_bits(), flops, best));
    judge(out.models);
    return out;
  }

 private:
  ComparedModel of_recipe(const Recipe& recipe, double flops) const {
    const RecipePoint point = recipe_points(recipe, {flops}, held_for(recipe, asked_.held)).front();
    return {.school = School::recipe,
            .recipe = &recipe,
            .N = converted(point.N, recipe.counts_total, asked_.counts_total),
            .D = point.D,
            .is_converted = recipe.counts_total != asked_.counts_total};
  }

  ComparedModel of_isoflop(double flops) const {
    const IsoflopPowerLaw& line = asked_.isoflop->law;
    const double N =
        line.coefficient.value * isoloss::exp(line.exponent.value * isoloss::log(flops));
    ComparedModel out{
        .school = School::isoflop, .N = N, .D = flops / (law_.flops_per_token_param * N)};
    for (const IsoflopPlan& plan : asked_.isoflop->plans)
      if (plan.budget == flops) out.N_interval = plan.size.interval;
    return out;
  }

  ComparedModel of_serving(const Answer& best, double tokens) const {
    ComparedModel out{.school = School::served, .served_tokens = tokens};
    if (best.end == PlanEnd::none) return out;
    const Answer served =
        serving_answers(estimate_, plans_, {Given::loss, best.loss.value}, {{tokens, 0}}, {})
            .front();
    out.N = served.N.value;
    out.D = served.D.value;
    return out;
  }

  ComparedModel of_device(double flops) const {
    PlanOptions plans = plans_;
    const double largest = largest_model(*asked_.decoding).N;  // of all parameters
    plans.limits.max_params = converted(largest, true, asked_.counts_total);
    const Answer best = training_answers(estimate_, plans, Given::cost, {flops}).front();
    return {.school = School::limited, .N = best.N.value, .D = best.D.value};
  }

  // By the own law with further terms, that is, with more to lose.
  ComparedModel of_terms(School school, const FittedLaw& law, const HeldInputs& held, double flops,
                         const Answer& own) const {
    const PlanOptions plans{held, {}, asked_.num_threads};
    const Answer best = training_answers(law, plans, Given::cost, {flops}).front();
    ComparedModel out{.school = school, .N = best.N.value, .D = best.D.value};
    if (own.end == PlanEnd::none) return out;
    out.terms = {best.loss.value,
                 model_answers(law, plans, {{own.N.value, own.D.value}}).front().loss.value};
    return out;
  }

  // Trained in full.
  HeldInputs held_bits() const {
    HeldInputs out{{kPostBits, *asked_.post_bits}};
    for (const char* name : kTrainingBits) out[name] = kUnquantised;
    return out;
  }

  // The estimate of the law with the terms of a recipe; nothing where the law takes none.
  std::optional<FittedLaw> lent(std::string_view recipe) const {
    return with_terms_of(recipe_called(recipe), estimate_);
  }

  // What the law and its draws say of each model.
  void judge(std::vector<ComparedModel>& models) const {
    const auto& served = asked_.served_tokens;
    const double most = served.empty() ? 0 : *std::max_element(served.begin(), served.end());
    const Cost lifetime = cost_of({most, 0}, {}, law_.flops_per_token_param);
    for (ComparedModel& model : models) {
      if (!model.has_answer()) continue;
      const Answer answer = model_answers(law_, plans_, {{model.N, model.D}}).front();
      model.loss = answer.loss;
      model.overhead = *answer.overhead;
      drop_rounding(model.overhead);
      model.flops = answer.flops.value;
      model.lifetime_flops = lifetime(model.N, model.D);
    }
  }

  const FittedLaw& law_;
  const CompareOptimaQuestion& asked_;
  FittedLaw estimate_;                          // the law without its draws
  std::optional<FittedLaw> repetition_, bits_;  // the same with further terms
  PlanOptions plans_;
};

std::optional<Warning> saturation_of(const OptimaComparison& of) {
  for (const ComparedBudget& budget : of.budgets)
    for (const ComparedModel& model : budget.models)
      if (model.is_saturated)
        return saturated_warning(model.flops, model.loss.value, of.question.held);
  return std::nullopt;
}

void add_warnings(const FittedLaw& law, OptimaComparison& to) {
  const std::vector<double>& budgets = to.question.budgets;
  const double most = *std::max_element(budgets.begin(), budgets.end());
  if (law.largest_flops)
    if (const auto own = extrapolation_warning(most / *law.largest_flops))
      to.warnings.push_back(*own);
  if (const auto own = saturation_of(to)) to.warnings.push_back(*own);
  if (!to.question.isoflop_failure.empty())
    to.warnings.push_back(warning<"isoflop_failed">(to.question.isoflop_failure));
  if (to.question.is_device_left_out)
    to.warnings.push_back(warning<"device_left_out">(law.law.name));
  if (!to.question.isoflop) return;
  // What concerns the runs and the budgets asked is the law's to say.
  for (const Warning& own : to.question.isoflop->warnings)
    if (own.name == "budgets_left_out" || own.name == "few_budgets") to.warnings.push_back(own);
}

}  // namespace

bool ComparedModel::has_answer() const { return std::isfinite(N) && std::isfinite(D); }

std::vector<const Recipe*> answerable_recipes(const HeldInputs& held) {
  std::vector<const Recipe*> out;
  for (const Recipe& recipe : recipes()) {
    const std::vector<LawInput> inputs =
        recipe.law.empty() ? std::vector<LawInput>{} : find_law(recipe.law).inputs;
    if (std::all_of(inputs.begin(), inputs.end(), [&](const LawInput& input) {
          return is_planned(input) || held.contains(input.column);
        }))
      out.push_back(&recipe);
  }
  return out;
}

Outcome OptimaComparison::outcome() const {
  for (const ComparedBudget& budget : budgets)
    for (const ComparedModel& model : budget.models)
      if (!model.has_answer()) return Outcome::none;
  return outcome_of(status);
}

OptimaComparison compare_optima(const FittedLaw& law, const CompareOptimaQuestion& question) {
  OptimaComparison out{question, {}, law.status, law.warnings};
  if (question.budgets.empty()) out.question.budgets = law.default_budgets();
  require(!out.question.budgets.empty(), "for which budget?",
          "give ``compute`` 5.76e23,1e25, in FLOP");
  require_read(law, out.question);
  const Comparer comparer(law, out.question);
  for (const double flops : out.question.budgets) out.budgets.push_back(comparer.at(flops));
  out.lacks_terms = comparer.lacks_terms();
  add_warnings(law, out);
  return out;
}

}  // namespace isoloss
