#include "host/commands/law_flags.h"

#include <fmt/format.h>

#include <algorithm>

#include "host/base/error.h"
#include "host/base/text.h"
#include "host/commands/asked_fit.h"

namespace isoloss {
namespace {

// Of a recipe, C = k N D has the user's k.
FittedLaw published_law(const LawFlags& flags) {
  FittedLaw out = published(flags.published);
  out.flops_per_token_param = flags.fit.reading.read.flops_per_token_param;
  return out;
}

bool serves(const LawFlags& flags, const std::string& name) {
  if (name == "--flops-per-token-param") return !flags.published.empty();
  return std::find(flags.own.begin(), flags.own.end(), name) != flags.own.end();
}

// A flag that nothing would come of is not passed over.
void refuse_flags_of_fit(const LawFlags& flags) {
  for (const char* group : {kReadingGroup, kFittingGroup, kRunningGroup})
    for (const std::string& name : flags.line->given_in(group))
      require(serves(flags, name), name + " goes with a file of runs",
              flags.fit_path.empty() ? "a recipe of the literature is not fitted"
                                     : "a saved fit is not fitted again");
}

}  // namespace

void LawFlags::add(CommandLine& to) {
  line = &to;
  const char* const in = "Law";
  CLI::App& command = to.app();
  to.inputs("runs", paths, "Files of runs: a law is fitted to them first")->type_name("RUNS.csv");
  to.input("--fit", fit_path, "What isoloss fit --json wrote")->type_name("FIT.json")->group(in);
  to.input("--draws", draws_path, "What isoloss fit --draws wrote beside it: gives intervals")
      ->group(in);
  command
      .add_option("--published", published,
                  "A recipe of the literature; isoloss optimum --list names them")
      ->type_name("RECIPE")
      ->group(in);
  command
      .add_option("--input", input,
                  "A value of what the law reads besides params and tokens: experts=8")
      ->type_name("NAME=VALUE")
      ->group(in);
  command
      .add_option("--unique-tokens", unique_tokens,
                  "Tokens that there are. A law that reads them weighs their repetition; for any "
                  "other each is seen once")
      ->type_name("U")
      ->group(in);
  fit.add(to);
}

void require_one_source(const LawFlags& flags) {
  const int num_sources =
      int{!flags.paths.empty()} + int{!flags.fit_path.empty()} + int{!flags.published.empty()};
  if (num_sources != 1)
    refuse(num_sources == 0 ? "of which law?" : "a law is asked of more than one place",
           "give a file of runs, or --fit FIT.json, or --published NAME");
  if (!flags.draws_path.empty() && flags.fit_path.empty())
    refuse("--draws goes with --fit", "runs that are fitted here have draws");
  if (flags.paths.empty()) refuse_flags_of_fit(flags);
}

FittedLaw asked_law(const LawFlags& flags) {
  require_one_source(flags);
  if (!flags.fit_path.empty()) return load_fit(flags.fit_path, flags.draws_path);
  if (!flags.published.empty()) return published_law(flags);
  return law_of_fit(
      std::make_shared<const FittedRuns>(asked_fit({flags.paths, {}, flags.table}, flags.fit)));
}

HeldInputs held_inputs(const LawFlags& flags, const std::vector<std::string>& asked) {
  HeldInputs out;
  for (const std::string& text : flags.input) {
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos)
      refuse(fmt::format("--input {} is no NAME=VALUE", printable(text)), "");
    const std::string name = text.substr(0, equals);
    if (std::find(asked.begin(), asked.end(), name) != asked.end() || out.contains(name))
      refuse(fmt::format("--input {} cannot be held", printable(text)),
             (asked.empty() ? "" : listed(asked) + " are what is asked for; ") +
                 std::string("give any other once"));
    const std::string flag = fmt::format("--input {}", printable(name));
    out[name] = positive_number(flag, text.substr(equals + 1));
  }
  return out;
}

void hold_inputs(const LawFlags& flags, const FittedLaw& law, PlanOptions& plans) {
  plans.num_threads = flags.fit.running.num_threads;
  plans.held = held_inputs(flags);
  if (flags.unique_tokens.empty()) return;
  const double unique = positive_number("--unique-tokens", flags.unique_tokens);
  if (plans.held.contains(kUniqueTokens))
    refuse("the unique tokens are given twice", "leave out one");
  if (law.law.reads(Input::U))
    plans.held[kUniqueTokens] = unique;
  else
    plans.limits.max_tokens = unique;
}

}  // namespace isoloss
