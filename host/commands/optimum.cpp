#include "host/report/optimum.h"
#include "host/base/error.h"
#include "host/commands/commands.h"
#include "host/commands/optimum_flags.h"
#include "host/report/best_pair.h"
#include "host/report/recipe.h"
#include "host/report/synthetic.h"
#include "host/report/thinking.h"

namespace isoloss {
namespace {

bool asks_for_samples(const OptimumFlags& flags) {
  return !flags.law.line->given_in(kThinkingGroup).empty();
}

// A recipe of power laws answers for budgets, sizes and tokens only.
bool asks_for_a_law(const OptimumFlags& flags) {
  const CommandLine& line = *flags.law.line;
  for (const char* flag : {"--loss", "--quality-of", "--overhead", "--compute-from",
                           "--compute-formula", "--unique-tokens", "--input", "--choose-bits"})
    if (line.given(flag)) return true;
  return !line.given_in(kServingGroup).empty() || !line.given_in(kLimitsGroup).empty() ||
         !line.given_in(kSyntheticGroup).empty() || asks_for_samples(flags) ||
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

Outcome answer_list(const OptimumFlags& flags, Documents& out) {
  for (const std::string& flag : flags.law.line->given_but({"--list"}))
    refuse(flag + " beside --list", "a list is of all recipes");
  out.answer(describe_recipes);
  return Outcome::sound;
}

// One answer to one of these has no curve, and what else is asked has a chart of its own.
void require_curve(const OptimumFlags& flags) {
  const bool is_demand = flags.served.size() + flags.overhead.size() == 1 &&
                         flags.served != std::vector<std::string>{"sweep"};
  const bool is_model = flags.params.size() == 1 && flags.tokens.size() == 1;
  const bool is_one =
      !asks_for_samples(flags) && (is_demand || is_model || !flags.requests.empty());
  const bool is_share = flags.served.empty() && !flags.overhead.empty();
  const char* const more = is_model   ? "two models have one: --params 8B,70B"
                           : is_share ? "shares have one: --overhead 10%,30%"
                                      : "demands have one: --inference-tokens sweep";
  require(!flags.law.line->given("--plot") || !is_one, "--plot: one answer has no chart to draw",
          more);
}

Outcome answer_pair(const OptimumFlags& flags, Documents& out) {
  const PairQuestion question = pair_question(flags);
  const FittedLaw law = asked_law(flags.law);
  const BestPair got = best_pair(law, question);
  out.answer([&] { return describe_best_pair(law, got); },
             [&] { return best_pair_json(law, got); });
  return got.outcome();
}

Outcome answer_thinking(const OptimumFlags& flags, Documents& out) {
  const FittedLaw law = asked_law(flags.law);
  const Thinking got = thinking(law, thinking_question(flags, law));
  out.answer([&] { return describe_thinking(law, got); }, [&] { return thinking_json(law, got); });
  return got.outcome();
}

Outcome answer_synthetic(const OptimumFlags& flags, Documents& out) {
  SyntheticQuestion question = synthetic_question(flags);
  const FittedLaw law = law_of_synthetic(flags);
  add_plans(flags, law, question);
  const Synthetic got = synthetic(law, question);
  out.answer([&] { return describe_synthetic(law, got); },
             [&] { return synthetic_json(law, got); });
  return got.outcome();
}

Outcome answer(const OptimumFlags& flags, Documents& out) {
  require_curve(flags);
  if (flags.list) return answer_list(flags, out);
  if (is_lone_power_law(flags.law)) return answer_power_law(flags, out);
  if (!flags.law.line->given_in(kSyntheticGroup).empty()) return answer_synthetic(flags, out);
  if (asks_for_samples(flags)) return answer_thinking(flags, out);
  if (!flags.compute_formula.empty()) return answer_pair(flags, out);
  const FittedLaw law = asked_law(flags.law);
  const Optimum got = optimum(law, optimum_question(flags, law));
  out.answer([&] { return describe_optimum(law, got); }, [&] { return optimum_json(law, got); });
  return got.outcome();
}

}  // namespace

Work optimum_command(CommandLine& line) { return work_of<OptimumFlags>(line, answer); }

}  // namespace isoloss
