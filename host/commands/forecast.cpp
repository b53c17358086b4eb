#include <fmt/format.h>

#include "host/base/error.h"
#include "host/commands/commands.h"
#include "host/commands/forecast_flags.h"
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

// Unique tokens are assumed here, not held.
PlanOptions plans_of(const ForecastFlags& flags, const FittedLaw& law) {
  LawFlags without_stock = flags.law;
  without_stock.unique_tokens.clear();
  PlanOptions out;
  hold_inputs(without_stock, law, out);
  return out;
}

Outcome answer(const ForecastFlags& flags, Documents& out) {
  ForecastQuestion question;
  question.assumptions = assumptions_of(flags);
  question.from = flags.from;
  for (const std::string& name : flags.recipes) question.recipes.push_back(&recipe_called(name));
  for (const std::string& text : flags.until) question.untils.push_back(parse_until(text));
  const FittedLaw law = law_of(flags);
  question.plans = plans_of(flags, law);
  question.sampling = sampling_of(flags, law);
  const Forecast got = forecast(law, question);
  out.answer([&] { return describe_forecast(law, got); }, [&] { return forecast_json(law, got); });
  return got.outcome();
}

}  // namespace

Work forecast_command(CommandLine& line) { return work_of<ForecastFlags>(line, answer); }

}  // namespace isoloss
