#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <memory>

#include "host/base/error.h"
#include "host/base/output_file.h"
#include "host/base/warnings.h"
#include "host/commands/commands.h"
#include "host/commands/forecast_flags.h"
#include "host/laws/registry.h"
#include "host/report/forecast.h"

namespace isoloss {
namespace {

FittedLaw law_of(const ForecastFlags& flags) {
  if (!flags.published.empty() && recipe_called(flags.published).law.empty())
    refuse(fmt::format("{} is a power law of the compute: it knows no loss", flags.published),
           fmt::format("set it beside a law: --recipes {}", flags.published));
  if (!(flags.fit.confidence > 0 && flags.fit.confidence < 1))
    refuse("--confidence must be between 0 and 1", "write 0.95 for 95%");
  FittedLaw out = asked_law(flags);
  if (!flags.published.empty()) out.confidence = flags.fit.confidence;
  return out;
}

// What the law itself holds of what was typed, some of which may be for the recipes only. What
// nothing reads stays, to be refused.
HeldInputs held_by(const LawEntry& law, const HeldInputs& typed,
                   const std::vector<RecipeYears>& recipes) {
  HeldInputs out = typed;
  for (const auto& [name, value] : typed)
    for (const RecipeYears& own : recipes)
      if (!law.reads(name) && !own.recipe.law.empty() && find_law(own.recipe.law).reads(name))
        out.erase(name);
  return out;
}

void require_stock(const LawEntry& law, const Assumptions& assumptions, const HeldInputs& typed) {
  const char* hint = "give --unique-tokens 300T, and --data-growth if they grow";
  if (typed.count("unique_tokens") > 0) refuse("unique tokens are no --input here", hint);
  if (law.reads(Input::U) && !assumptions.unique_tokens)
    refuse(fmt::format("the law {} reads the unique tokens", law.name), hint);
}

// The last year lies farthest from the runs.
void add_warnings(ForecastReport& report) {
  double farthest = 0, share = 0;
  for (const ForecastYear& year : report.forecast.years) {
    farthest = std::fmax(farthest, year.extrapolation.value_or(0));
    share = std::fmax(share, year.share_without);
  }
  if (const auto warning = extrapolation_warning(farthest)) report.warnings.push_back(*warning);
  for (const ForecastYear& year : report.forecast.years) {
    if (year.end != PlanEnd::saturated) continue;
    report.warnings.push_back(
        saturated_warning(year.effective.value, year.loss.value, report.held));
    break;
  }
  if (share >= threshold_of<"samples_without">)
    report.warnings.push_back(warning<"samples_without">(100 * share));
}

int run_forecast(const ForecastFlags& flags) {
  const auto json =
      flags.json_path.empty() ? nullptr : std::make_unique<OutputFile>(flags.json_path);
  ForecastReport report;
  report.assumptions = assumptions_of(flags);
  report.from = flags.from;
  report.seed = flags.fit.seed;
  for (const std::string& name : flags.recipes) report.recipes.push_back({recipe_called(name), {}});
  const FittedLaw law = law_of(flags);
  ForecastFlags without_stock = flags;
  without_stock.unique_tokens.clear();
  Question question;
  hold_inputs(without_stock, law, question);
  const HeldInputs typed = question.held;
  require_stock(law.law, report.assumptions, typed);
  question.held = report.held = held_by(law.law, typed, report.recipes);
  report.flops_per_token_param = question.flops_per_token_param;
  report.forecast = forecast(law, question, report.assumptions, sampling_of(flags, law));
  for (RecipeYears& own : report.recipes)
    own.points = recipe_years(own.recipe, report.assumptions, typed);
  report.warnings = law.warnings;
  add_warnings(report);
  if (json != nullptr) json->commit(forecast_json(law, report));
  if (flags.json_path != "-") OutputFile("-").commit(forecast_text(law, report));
  bool has_all = true;
  for (const ForecastYear& year : report.forecast.years)
    has_all = has_all && year.end != PlanEnd::none;
  return has_all && law.outcome() == Outcome::sound ? 0 : 1;
}

}  // namespace

void add_forecast_command(CLI::App& app, Command& chosen) {
  CLI::App* command = app.add_subcommand(
      "forecast", "What to train in the years ahead, if compute, efficiency and data grow as said");
  auto flags = std::make_shared<ForecastFlags>();
  add_forecast_flags(*command, *flags);
  command->callback([&chosen, flags] { chosen = [flags] { return run_forecast(*flags); }; });
}

}  // namespace isoloss
