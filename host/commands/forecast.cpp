#include <fmt/format.h>

#include "host/base/error.h"
#include "host/base/option_error.h"
#include "host/commands/commands.h"
#include "host/commands/forecast_flags.h"
#include "host/commands/scenario_file.h"
#include "host/report/forecast.h"
#include "host/report/scenarios.h"

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

// Unique tokens are assumed here, not held.
PlanOptions plans_of(const ForecastFlags& flags, const FittedLaw& law) {
  LawFlags without_stock = flags.law;
  without_stock.unique_tokens.clear();
  PlanOptions out;
  hold_inputs(without_stock, law, out);
  return out;
}

// All but what is assumed and what needs the law.
ForecastQuestion asked_of_flags(const ForecastFlags& flags) {
  ForecastQuestion out;
  out.from = flags.from;
  for (const std::string& name : flags.recipes)
    about_option("recipes", name, [&] { out.recipes.push_back(&recipe_called(name)); });
  for (const std::string& text : flags.until) out.untils.push_back(parse_until(text));
  out.bits = chosen_bits(flags.choose_bits, flags.limits);
  return out;
}

void add_what_needs_the_law(const ForecastFlags& flags, const FittedLaw& law,
                            ForecastQuestion& to) {
  to.plans = plans_of(flags, law);
  to.sampling = sampling_of(flags, law);
  const AskedLimits fits = asked_limits(flags.limits, law.law, !to.bits.empty());
  to.plans.limits.max_params = fits.limits.max_params;
  to.decoding = fits.decoding;
  to.device = fits.device;
}

Outcome answer_scenarios(const ForecastFlags& flags, Documents& out) {
  const std::vector<ScenarioFlags> asked = read_scenarios(flags);
  ForecastQuestion question = asked_of_flags(flags);
  const FittedLaw law = law_of(flags);
  add_what_needs_the_law(flags, law, question);
  Scenarios got;
  for (const ScenarioFlags& own : asked) {
    question.assumptions = own.assumptions;
    got.scenarios.push_back({own.name, own.note, forecast(law, question)});
  }
  out.answer([&] { return describe_scenarios(law, got); },
             [&] { return scenarios_json(law, got); });
  return got.outcome();
}

Outcome answer_forecast(const ForecastFlags& flags, Documents& out) {
  if (!flags.scenarios.empty()) return answer_scenarios(flags, out);
  ForecastQuestion question = asked_of_flags(flags);
  question.assumptions = assumptions_of(flags);
  const FittedLaw law = law_of(flags);
  add_what_needs_the_law(flags, law, question);
  const Forecast got = forecast(law, question);
  out.answer([&] { return describe_forecast(law, got); }, [&] { return forecast_json(law, got); });
  return got.outcome();
}

}  // namespace

Work forecast_command(CommandLine& line) { return work_of<ForecastFlags>(line, answer_forecast); }

}  // namespace isoloss
