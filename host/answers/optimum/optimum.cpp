#include "host/answers/optimum/optimum.h"

#include <algorithm>
#include <cmath>

#include "host/answers/optimum/bits.h"
#include "host/answers/optimum/draws_without.h"
#include "host/base/error.h"
#include "host/base/warnings.h"
#include "host/fit/extrapolation_warning.h"

namespace isoloss {
namespace {

std::vector<Answer> answers_to(const FittedLaw& law, const OptimumQuestion& asked) {
  if (!asked.bits.empty()) return bits_answers(law, asked);
  switch (asked.kind) {
    case QuestionKind::serving:
      return serving_answers(law, asked.plans, asked.quality, asked.demands, asked.prices);
    case QuestionKind::overhead:
      return overhead_answers(law, asked.plans, asked.quality.given, asked.quality.value,
                              asked.overheads);
    case QuestionKind::models:
      return model_answers(law, asked.plans, asked.models);
    case QuestionKind::training:
      break;
  }
  return training_answers(law, asked.plans, asked.given, asked.values);
}

ComputeCost recorded_cost(const FittedLaw& law, const OptimumQuestion& question) {
  require(
      question.kind == QuestionKind::training,
      "a cost of recorded FLOP is of training, and says nothing of serving and of single models",
      "leave out ``compute-from``");
  require(law.made != nullptr, "``compute-from`` flops needs runs",
          "name the file of runs in place of the law");
  return cost_of_compute(law.made->runs);
}

void fill_in_budgets(const FittedLaw& law, OptimumQuestion& question) {
  if (question.values.empty() && question.given == Given::cost)
    question.values = law.default_budgets();
  require(!question.values.empty(), "for which budget?",
          "give ``compute`` 1e24, or ``params``, ``tokens`` or ``loss``");
}

Decoding decoding_of(Decoding out, const Answer& answer) {
  if (answer.bits) out.bits = answer.bits->bits.served;
  return out;
}

// What a token takes from the estimate's model.
void add_steps(const Decoding& decoding, std::vector<Answer>& to) {
  for (Answer& own : to)
    if (std::isfinite(own.N.value)) own.step = step_of(decoding_of(decoding, own), own.N.value);
}

bool is_none(const Answer& answer) { return answer.end == PlanEnd::none; }

Estimate times(Estimate own, double factor) {
  own.value *= factor;
  if (own.standard_error) *own.standard_error *= factor;
  if (own.interval) own.interval->lower *= factor, own.interval->upper *= factor;
  return own;
}

void add_all_params(double per_active, std::vector<Answer>& to) {
  if (per_active == 1) return;
  for (Answer& own : to)
    if (!is_none(own)) own.all_params = times(own.N, per_active);
}

// How far beyond the runs the farthest answer lies.
double farthest_of(const std::vector<Answer>& answers) {
  double out = 1;
  for (const Answer& answer : answers)
    if (answer.extrapolation && !is_none(answer)) out = std::fmax(out, *answer.extrapolation);
  return out;
}

// Of the first answer whose loss no compute lowers: the data are worn out.
std::optional<Warning> saturation_of(const Optimum& of) {
  for (const Answer& answer : of.answers)
    if (answer.end == PlanEnd::saturated)
      return saturated_warning(answer.flops.value, answer.loss.value, of.question.plans.held);
  return std::nullopt;
}

void add_warnings(Optimum& to) {
  if (const auto own = extrapolation_warning(farthest_of(to.answers))) to.warnings.push_back(*own);
  if (const auto own = saturation_of(to)) to.warnings.push_back(*own);
  if (to.question.kind == QuestionKind::serving && to.question.prices.serving_factor != 1)
    to.warnings.push_back(warning<"serving_factor_alone">());
  if (const auto own = draws_without_warning(to.answers)) to.warnings.push_back(*own);
  if (std::any_of(to.answers.begin(), to.answers.end(), is_none))
    to.warnings.push_back(warning<"no_optimum">());
}

}  // namespace

Outcome Optimum::outcome() const {
  return std::any_of(answers.begin(), answers.end(), is_none) ? Outcome::none : outcome_of(status);
}

Optimum optimum(const FittedLaw& law, const OptimumQuestion& question) {
  Optimum out{question, {}, {}, law.status, law.warnings};
  if (question.kind == QuestionKind::training) fill_in_budgets(law, out.question);
  if (question.has_recorded_cost) {
    out.cost = recorded_cost(law, question);
    out.question.plans.training = out.cost->cost;
  }
  out.answers = answers_to(law, out.question);
  if (question.decoding && question.decoding->has_time())
    add_steps(*question.decoding, out.answers);
  if (question.decoding) add_all_params(question.decoding->total_per_active, out.answers);
  add_warnings(out);
  return out;
}

}  // namespace isoloss
