#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "host/base/error.h"
#include "host/base/warnings.h"
#include "host/commands/commands.h"
#include "host/commands/forecast_flags.h"
#include "host/laws/registry.h"
#include "host/report/forecast.h"

namespace isoloss {
namespace {

FittedLaw law_of(const ForecastFlags& flags) {
  if (!flags.law.published.empty() && recipe_called(flags.law.published).law.empty())
    refuse(fmt::format("{} is a power law of the compute: it knows no loss", flags.law.published),
           fmt::format("set it beside a law: --recipes {}", flags.law.published));
  require(flags.law.fit_path.empty() || !flags.law.line->given("--confidence"),
          "--confidence goes with runs or a recipe", "a saved fit has its own");
  FittedLaw out = asked_law(flags.law);
  if (!flags.law.published.empty()) out.confidence = flags.law.fit.fitting.fit.confidence;
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

// Unique tokens are assumed here, not held.
Question question_of(const ForecastFlags& flags, const FittedLaw& law) {
  LawFlags without_stock = flags.law;
  without_stock.unique_tokens.clear();
  Question out;
  hold_inputs(without_stock, law, out);
  return out;
}

bool has_all_years(const ForecastReport& report) {
  for (const ForecastYear& year : report.forecast.years)
    if (year.end == PlanEnd::none) return false;
  return true;
}

Outcome answer(const ForecastFlags& flags, Documents& out) {
  ForecastReport report;
  report.assumptions = assumptions_of(flags);
  report.from = flags.from;
  report.seed = flags.law.fit.fitting.fit.seed;
  for (const std::string& name : flags.recipes) report.recipes.push_back({recipe_called(name), {}});
  const FittedLaw law = law_of(flags);
  Question question = question_of(flags, law);
  const HeldInputs typed = question.held;
  require_stock(law.law, report.assumptions, typed);
  question.held = report.held = held_by(law.law, typed, report.recipes);
  report.flops_per_token_param = question.flops_per_token_param;
  report.forecast = forecast(law, question, report.assumptions, sampling_of(flags, law));
  for (RecipeYears& own : report.recipes)
    own.points = recipe_years(own.recipe, report.assumptions, typed);
  report.warnings = law.warnings;
  add_warnings(report);
  out.answer([&] { return describe_forecast(law, report); },
             [&] { return forecast_json(law, report); });
  return has_all_years(report) ? law.outcome() : Outcome::none;
}

}  // namespace

Work forecast_command(CommandLine& line) { return work_of<ForecastFlags>(line, answer); }

}  // namespace isoloss
