// What `isoloss optimum` is asked of generated tokens, from what was typed.

#include <fmt/format.h>

#include <cmath>

#include "host/base/error.h"
#include "host/base/text.h"
#include "host/commands/optimum_flags.h"

namespace isoloss {
namespace {

// "2*70B": FLOP a parameter, times parameters.
double flops_of_product(const char* flag, const std::string& text) {
  double out = 1;
  std::string rest = text;
  while (true) {
    const auto [first, others] = parted(rest, '*');
    out *=
        positive_number(flag, first, "write 1.4e11, or 2*70B: FLOP a parameter of the generator");
    if (rest.find('*') == std::string::npos) return out;
    rest = others;
  }
}

void require_synthetic(const OptimumFlags& flags) {
  const CommandLine& line = *flags.law.line;
  for (const char* flag : {"--params", "--tokens", "--loss", "--quality-of", "--overhead",
                           "--choose-bits", "--compute-from", "--compute-formula"})
    require(!line.given(flag), std::string(flag) + " is no question of generated tokens",
            "give --compute, or leave out --synthetic-cost and --synthetic-worth");
  for (const char* group : {kServingGroup, kThinkingGroup})
    for (const std::string& flag : line.given_in(group))
      refuse(flag + " is no question of generated tokens", "they are weighed for training alone");
  if (flags.synthetic_cost.empty())
    refuse("what does it cost to generate a token?",
           "give --synthetic-cost 2*70B, or its FLOP: 1.4e11");
  if (flags.law.unique_tokens.empty())
    refuse("how many real tokens are there?", "give --unique-tokens 100B");
}

}  // namespace

SyntheticQuestion synthetic_question(const OptimumFlags& flags) {
  require_synthetic(flags);
  SyntheticQuestion out;
  out.generation = flops_of_product("--synthetic-cost", flags.synthetic_cost);
  if (!flags.synthetic_worth.empty())
    out.worth = parse_amount("--synthetic-worth", flags.synthetic_worth, "0.3, or 0.3:0.1..0.6");
  out.real_tokens = positive_number("--unique-tokens", flags.law.unique_tokens);
  require_tokens("--unique-tokens", flags.law.unique_tokens, out.real_tokens);
  for (const std::string& text : flags.law.fit.budgets.compute)
    out.budgets.push_back(budget_flops(text));
  out.seed = flags.law.fit.fitting.fit.seed;
  return out;
}

FittedLaw law_of_synthetic(const OptimumFlags& flags) {
  LawFlags own = flags.law;
  own.own.insert(own.own.end(), {"--seed", "--confidence"});
  require(own.fit_path.empty() || !own.line->given("--confidence"),
          "--confidence goes with runs or a recipe", "a saved fit has its own");
  FittedLaw out = asked_law(own);
  if (!own.published.empty()) out.confidence = own.fit.fitting.fit.confidence;
  return out;
}

void add_plans(const OptimumFlags& flags, const FittedLaw& law, SyntheticQuestion& question) {
  hold_inputs(flags.law, law, question.plans);
  const double largest = asked_limits(flags.limits, law.law, false).limits.max_params;
  require(flags.limits.total_per_active.empty() || std::isfinite(largest),
          "--total-per-active without a device", "give --memory 80GB, or leave it out");
  question.plans.limits.max_params = largest;
}

}  // namespace isoloss
