#include "host/answers/forecast/forecast.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "host/answers/forecast/years_ahead.h"
#include "host/base/error.h"
#include "host/base/warnings.h"
#include "host/fit/extrapolation_warning.h"
#include "host/laws/registry.h"

namespace isoloss {
namespace {

void require_stock(const LawEntry& law, const ForecastQuestion& asked) {
  const char* hint = "give ``unique-tokens`` 300T, and ``data-growth`` if they grow";
  require(!asked.plans.held.contains(kUniqueTokens), "unique tokens are no ``input`` here", hint);
  require(!law.reads(Input::U) || asked.assumptions.unique_tokens.has_value(),
          fmt::format("the law {} reads the unique tokens", law.name), hint);
}

// What the law itself holds, some of the rest being for the recipes only. What nothing reads stays,
// to be refused.
HeldInputs held_by(const LawEntry& law, const ForecastQuestion& asked) {
  HeldInputs out = asked.plans.held;
  for (const auto& [name, value] : asked.plans.held)
    for (const Recipe* recipe : asked.recipes)
      if (!law.reads(name) && !recipe->law.empty() && find_law(recipe->law).reads(name))
        out.erase(name);
  return out;
}

bool is_none_of_year(const ForecastYear& year) { return year.end == PlanEnd::none; }

// Of the first year whose loss no compute lowers.
std::optional<Warning> saturation_of(const Forecast& of, const HeldInputs& held) {
  for (const ForecastYear& year : of.years)
    if (year.end == PlanEnd::saturated)
      return saturated_warning(year.effective.value, year.loss.value, held);
  return std::nullopt;
}

// The last year lies farthest from the runs.
void add_warnings(const HeldInputs& held, Forecast& to) {
  double farthest = 0, share = 0;
  for (const ForecastYear& year : to.years) {
    farthest = std::fmax(farthest, year.extrapolation.value_or(0));
    share = std::fmax(share, year.share_without);
  }
  if (const auto own = extrapolation_warning(farthest)) to.warnings.push_back(*own);
  if (const auto own = saturation_of(to, held)) to.warnings.push_back(*own);
  if (share >= threshold_of<"samples_without">)
    to.warnings.push_back(warning<"samples_without">(100 * share));
}

}  // namespace

Outcome Forecast::outcome() const {
  return std::any_of(years.begin(), years.end(), is_none_of_year) ? Outcome::none
                                                                  : outcome_of(status);
}

Outcome Scenarios::outcome() const {
  Outcome out = Outcome::sound;
  for (const Scenario& own : scenarios) out = std::max(out, own.forecast.outcome());
  return out;
}

std::vector<Warning> Scenarios::warnings() const {
  std::vector<const Forecast*> by_reach;
  for (const Scenario& own : scenarios) by_reach.push_back(&own.forecast);
  std::stable_sort(by_reach.begin(), by_reach.end(), [](const Forecast* a, const Forecast* b) {
    return a->years.back().effective.value > b->years.back().effective.value;
  });
  std::vector<Warning> out;
  for (const Forecast* from : by_reach)
    for (const Warning& own : from->warnings)
      if (std::none_of(out.begin(), out.end(),
                       [&](const Warning& said) { return said.name == own.name; }))
        out.push_back(own);
  return out;
}

Forecast forecast(const FittedLaw& law, const ForecastQuestion& question) {
  require_stock(law.law, question);
  Forecast out;
  out.question = question;
  out.status = law.status;
  out.warnings = law.warnings;
  PlanOptions own = question.plans;
  own.held = held_by(law.law, question);
  add_years(law, own, out);
  for (const Recipe* recipe : question.recipes)
    out.recipes.push_back(
        {recipe, recipe_years(*recipe, question.assumptions, question.plans.held)});
  add_warnings(own.held, out);
  return out;
}

}  // namespace isoloss
