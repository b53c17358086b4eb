#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <memory>

#include "host/base/number_text.h"
#include "host/base/output_file.h"
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
int run_power_law(const OptimumFlags& flags, OutputFile* json) {
  const Recipe& recipe = recipe_called(flags.published);
  const bool asks_more = !flags.loss.empty() || !flags.quality_of.empty() ||
                         !flags.served.empty() || !flags.requests.empty() ||
                         !flags.overhead.empty() || !flags.max_params.empty() ||
                         !flags.memory.empty() || !flags.unique_tokens.empty() ||
                         !flags.input.empty() || (!flags.params.empty() && !flags.tokens.empty());
  if (asks_more) law_of_recipe(recipe);  // says what it cannot
  std::vector<double> flops;
  for (const std::string& text : flags.compute) flops.push_back(positive_number("--compute", text));
  for (const std::string& text : flags.params)
    flops.push_back(flops_for_params(recipe, positive_number("--params", text)));
  for (const std::string& text : flags.tokens)
    flops.push_back(flops_for_tokens(recipe, positive_number("--tokens", text)));
  if (flops.empty()) law_of_recipe(recipe);  // says what it cannot
  const std::vector<RecipePoint> points = recipe_points(recipe, flops);
  if (json != nullptr) json->commit(recipe_json(recipe, points));
  if (flags.json_path != "-") OutputFile("-").commit(recipe_text(recipe, points));
  return 0;
}

int run_optimum(const OptimumFlags& flags) {
  if (flags.list) {
    OutputFile("-").commit(recipes_text());
    return 0;
  }
  const auto json =
      flags.json_path.empty() ? nullptr : std::make_unique<OutputFile>(flags.json_path);
  const bool is_lone_recipe =
      !flags.published.empty() && flags.path.empty() && flags.fit_path.empty();
  if (is_lone_recipe && recipe_called(flags.published).law.empty())
    return run_power_law(flags, json.get());
  const FittedLaw law = asked_law(flags);
  AskedOptimum asked = resolve_optimum_flags(flags, law);
  OptimumReport& report = asked.report;
  report.answers = answers_of(law, asked);
  report.warnings = law.warnings;
  add_extrapolation_warning(report);
  add_saturated_warning(report);
  add_missing_warning(report);
  add_none_warning(report);
  if (json != nullptr) json->commit(optimum_json(law, report));
  if (flags.json_path != "-") OutputFile("-").commit(optimum_text(law, report));
  bool has_all = true;
  for (const Answer& answer : report.answers) has_all = has_all && answer.end != PlanEnd::none;
  return has_all && law.outcome() == Outcome::sound ? 0 : 1;
}

}  // namespace

void add_optimum_command(CLI::App& app, Command& chosen) {
  CLI::App* command =
      app.add_subcommand("optimum", "What to train for a budget, or to reach a loss, and to serve");
  auto flags = std::make_shared<OptimumFlags>();
  add_optimum_flags(*command, *flags);
  command->callback([&chosen, flags] { chosen = [flags] { return run_optimum(*flags); }; });
}

}  // namespace isoloss
