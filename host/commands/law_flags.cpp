// The law that an optimum is asked of.

#include <fmt/format.h>

#include "host/commands/fit_asked.h"
#include "host/commands/optimum_flags.h"
#include "host/error.h"
#include "host/reading/text.h"

namespace isoloss {
namespace {

// Budgets are asked of the law afterwards.
KnownLaw fitted_law(FitFlags flags) {
  flags.compute.clear();
  resolve_fit_flags(flags);
  const auto [runs, fit] = fit_asked(flags);
  return known_law_of_fit(runs, fit);
}

}  // namespace

void add_law_flags(CLI::App& command, LawFlags& flags) {
  const char* group = "Law";
  command.add_option("runs", flags.paths, "CSV or TSV file of runs: a law is fitted to them first")
      ->type_name("RUNS.csv");
  command.add_option("--fit", flags.fit_path, "What isoloss fit --json wrote")
      ->type_name("FIT.json")
      ->group(group);
  command
      .add_option("--draws", flags.draws_path,
                  "What isoloss fit --draws wrote beside it: gives intervals")
      ->type_name("FILE")
      ->group(group);
  command
      .add_option("--published", flags.published,
                  "A recipe of the literature; isoloss optimum --list names them")
      ->type_name("NAME")
      ->group(group);
  command
      .add_option("--input", flags.input,
                  "A value of what the law reads besides params and tokens: experts=8")
      ->type_name("NAME=VALUE")
      ->group(group);
  command
      .add_option("--unique-tokens", flags.unique_tokens,
                  "Tokens that there are. A law that reads them weighs their repetition; for any "
                  "other each is seen once")
      ->type_name("U")
      ->group(group);
  add_reading_flags(command, flags);
  add_fitting_flags(command, flags);
  add_device_flags(command, flags);
}

KnownLaw asked_law(const LawFlags& flags) {
  if (!(flags.read.flops_per_token_param > 0))
    refuse("--flops-per-token-param must be positive", "");
  const int num_sources =
      int{!flags.paths.empty()} + int{!flags.fit_path.empty()} + int{!flags.published.empty()};
  if (num_sources != 1)
    refuse(num_sources == 0 ? "of which law?" : "a law is asked of more than one place",
           "give a file of runs, or --fit FIT.json, or --published NAME");
  if (!flags.draws_path.empty() && flags.fit_path.empty())
    refuse("--draws goes with --fit", "runs that are fitted here have draws");
  if (flags.paths.empty() && flags.fit.law != FitOptions().law)
    refuse("--law goes with a file of runs", "a saved fit or a recipe has its law");
  if (!flags.fit_path.empty()) return known_law_of_file(flags.fit_path, flags.draws_path);
  if (!flags.published.empty()) return known_law_of_recipe(recipe_called(flags.published));
  return fitted_law(flags);
}

HeldInputs held_inputs(const LawFlags& flags) {
  HeldInputs out;
  for (const std::string& text : flags.input) {
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos)
      refuse(fmt::format("--input {} is no NAME=VALUE", printable(text)), "");
    const std::string name = text.substr(0, equals);
    if (name == "params" || name == "tokens" || out.contains(name))
      refuse(fmt::format("--input {} cannot be held", printable(text)),
             "params and tokens are what is asked for; give any other once");
    const std::string flag = fmt::format("--input {}", printable(name));
    out[name] = positive_number(flag.c_str(), text.substr(equals + 1));
  }
  return out;
}

void hold_inputs(const LawFlags& flags, const LawEntry& law, Question& question) {
  question.flops_per_token_param = flags.read.flops_per_token_param;
  question.num_threads = flags.fit.num_threads;
  question.held = held_inputs(flags);
  if (flags.unique_tokens.empty()) return;
  const double unique = positive_number("--unique-tokens", flags.unique_tokens);
  if (question.held.contains("unique_tokens"))
    refuse("the unique tokens are given twice", "leave out one");
  if (law.reads(Input::U))
    question.held["unique_tokens"] = unique;
  else
    question.limits.max_tokens = unique;
}

}  // namespace isoloss
