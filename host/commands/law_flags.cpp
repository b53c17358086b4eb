#include "host/commands/law_flags.h"

#include <fmt/format.h>

#include "host/base/error.h"
#include "host/base/text.h"
#include "host/commands/fit_asked.h"

namespace isoloss {
namespace {

// Budgets are asked of the law afterwards.
FittedLaw fitted_law(FitFlags flags) {
  flags.compute.clear();
  resolve_fit_flags(flags);
  return fit_asked(flags);
}

// Of a recipe, C = k N D has the user's k.
FittedLaw published_law(const LawFlags& flags) {
  FittedLaw out = published(flags.published);
  out.flops_per_token_param = flags.read.flops_per_token_param;
  return out;
}

// Flags of the fit that a law from elsewhere uses too: the question's own, and what draws it.
bool serves_any_law(const LawFlags& flags, const std::string& name) {
  if (name == "--compute" || name == "--threads" || name == "--seed") return true;
  return name == "--flops-per-token-param" && !flags.published.empty();
}

// A flag that nothing would come of is not passed over.
void refuse_flags_of_fit(const LawFlags& flags) {
  for (const CLI::Option* option : flags.command->get_options()) {
    const std::string& group = option->get_group();
    const bool is_of_fit =
        group == kReadingGroup || group == kFittingGroup || group == kRunningGroup;
    if (option->count() == 0 || !is_of_fit || serves_any_law(flags, option->get_name())) continue;
    refuse(fmt::format("{} goes with a file of runs", option->get_name()),
           flags.fit_path.empty() ? "a recipe of the literature is not fitted"
                                  : "a saved fit is not fitted again");
  }
}

}  // namespace

void add_law_flags(CLI::App& command, LawFlags& flags) {
  const char* group = "Law";
  command.add_option("runs", flags.paths, "Files of runs: a law is fitted to them first")
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

FittedLaw asked_law(const LawFlags& flags) {
  if (!(flags.read.flops_per_token_param > 0))
    refuse("--flops-per-token-param must be positive", "");
  const int num_sources =
      int{!flags.paths.empty()} + int{!flags.fit_path.empty()} + int{!flags.published.empty()};
  if (num_sources != 1)
    refuse(num_sources == 0 ? "of which law?" : "a law is asked of more than one place",
           "give a file of runs, or --fit FIT.json, or --published NAME");
  if (!flags.draws_path.empty() && flags.fit_path.empty())
    refuse("--draws goes with --fit", "runs that are fitted here have draws");
  require_threads(flags);
  if (flags.paths.empty()) refuse_flags_of_fit(flags);
  if (!flags.fit_path.empty()) return load_fit(flags.fit_path, flags.draws_path);
  if (!flags.published.empty()) return published_law(flags);
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

void hold_inputs(const LawFlags& flags, const FittedLaw& of, Question& question) {
  const LawEntry& law = of.law;
  question.flops_per_token_param = of.flops_per_token_param;
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
