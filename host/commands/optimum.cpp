#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "host/base/error.h"
#include "host/base/number_text.h"
#include "host/base/warnings.h"
#include "host/commands/commands.h"
#include "host/commands/optimum_flags.h"
#include "host/report/recipe.h"

namespace isoloss {
namespace {

std::vector<Answer> answers_of(const FittedLaw& law, const AskedOptimum& asked) {
  const OptimumReport& report = asked.report;
  if (report.kind == QuestionKind::serving)
    return serving_answers(law, asked.question, report.quality, asked.demands, report.prices);
  if (report.kind == QuestionKind::overhead)
    return overhead_answers(law, asked.question, report.quality.given, report.quality.value,
                            asked.overheads);
  if (report.kind == QuestionKind::models) return model_answers(law, asked.question, asked.models);
  return training_answers(law, asked.question, report.given, asked.values);
}

// How far beyond the runs the farthest answer lies.
void add_extrapolation_warning(OptimumReport& report) {
  double farthest = 1;
  for (const Answer& answer : report.answers)
    if (answer.extrapolation && answer.end != PlanEnd::none)
      farthest = std::fmax(farthest, *answer.extrapolation);
  if (const auto warning = extrapolation_warning(farthest)) report.warnings.push_back(*warning);
}

void add_none_warning(OptimumReport& report) {
  const auto is_none = [](const Answer& answer) { return answer.end == PlanEnd::none; };
  if (std::any_of(report.answers.begin(), report.answers.end(), is_none))
    report.warnings.push_back(warning<"no_optimum">());
}

// Loss that no compute lowers: the data are worn out.
void add_saturated_warning(OptimumReport& report) {
  for (const Answer& answer : report.answers) {
    if (answer.end != PlanEnd::saturated) continue;
    report.warnings.push_back(
        saturated_warning(answer.flops.value, answer.loss.value, report.held));
    return;
  }
}

void add_missing_warning(OptimumReport& report) {
  double share = 0;
  for (const Answer& answer : report.answers) share = std::fmax(share, answer.share_without);
  if (share >= threshold_of<"draws_without">)
    report.warnings.push_back(warning<"draws_without">(100 * share));
}

// A recipe of power laws answers for budgets, sizes and tokens only.
bool asks_for_a_law(const OptimumFlags& flags) {
  const CommandLine& line = *flags.law.line;
  for (const char* flag : {"--loss", "--quality-of", "--overhead", "--unique-tokens", "--input"})
    if (line.given(flag)) return true;
  return !line.given_in(kServingGroup).empty() || !line.given_in(kLimitsGroup).empty() ||
         (line.given("--params") && line.given("--tokens"));
}

std::vector<double> budgets_of(const Recipe& recipe, const OptimumFlags& flags) {
  std::vector<double> out;
  for (const std::string& text : flags.law.fit.budgets.compute)
    out.push_back(positive_number("--compute", text));
  for (const std::string& text : flags.params)
    out.push_back(flops_for_params(recipe, positive_number("--params", text)));
  for (const std::string& text : flags.tokens)
    out.push_back(flops_for_tokens(recipe, positive_number("--tokens", text)));
  return out;
}

Outcome answer_power_law(const OptimumFlags& flags, Documents& out) {
  require_one_source(flags.law);
  require(!flags.law.line->given("--flops-per-token-param"),
          "--flops-per-token-param goes with a law", "power laws of the compute have their own");
  const Recipe& recipe = recipe_called(flags.law.published);
  const std::vector<double> flops = budgets_of(recipe, flags);
  if (flops.empty() || asks_for_a_law(flags)) law_of_recipe(recipe);  // says what it cannot
  const std::vector<RecipePoint> points = recipe_points(recipe, flops);
  out.answer([&] { return describe_recipe(recipe, points); },
             [&] { return recipe_json(recipe, points); });
  return Outcome::sound;
}

bool is_lone_power_law(const LawFlags& flags) {
  return !flags.published.empty() && flags.paths.empty() && flags.fit_path.empty() &&
         recipe_called(flags.published).law.empty();
}

void add_warnings(const FittedLaw& law, OptimumReport& report) {
  report.warnings = law.warnings;
  add_extrapolation_warning(report);
  add_saturated_warning(report);
  add_missing_warning(report);
  add_none_warning(report);
}

Outcome answer_list(const OptimumFlags& flags, Documents& out) {
  for (const std::string& flag : flags.law.line->given_but({"--list"}))
    refuse(flag + " beside --list", "a list is of all recipes");
  out.answer(describe_recipes);
  return Outcome::sound;
}

Outcome answer(const OptimumFlags& flags, Documents& out) {
  if (flags.list) return answer_list(flags, out);
  if (is_lone_power_law(flags.law)) return answer_power_law(flags, out);
  const FittedLaw law = asked_law(flags.law);
  AskedOptimum asked = resolve_optimum_flags(flags, law);
  OptimumReport& report = asked.report;
  report.answers = answers_of(law, asked);
  add_warnings(law, report);
  out.answer([&] { return describe_optimum(law, report); },
             [&] { return optimum_json(law, report); });
  bool has_all = true;
  for (const Answer& answer : report.answers) has_all = has_all && answer.end != PlanEnd::none;
  return has_all ? law.outcome() : Outcome::none;
}

}  // namespace

Work optimum_command(CommandLine& line) { return work_of<OptimumFlags>(line, answer); }

}  // namespace isoloss
