#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "host/base/error.h"
#include "host/base/file_bytes.h"
#include "host/base/output_file.h"
#include "host/base/text.h"
#include "host/base/warnings.h"
#include "host/commands/commands.h"
#include "host/commands/optimum_flags.h"
#include "host/fit/fit.h"
#include "host/reading/csv.h"
#include "host/reading/read_runs.h"
#include "host/report/compare_optima.h"

namespace isoloss {
namespace {

struct CompareFlags : LawFlags {
  std::vector<std::string> recipes{kComparedRecipes.begin(), kComparedRecipes.end()};
  std::vector<std::string> served;  // as typed
  std::string count;                // empty: total, or what a published law counts
  std::string isoflop;              // a column of the runs
};

HeldInputs all_held(const CompareFlags& flags) {
  HeldInputs out = held_inputs(flags);
  if (!flags.unique_tokens.empty())
    out["unique_tokens"] = positive_number("--unique-tokens", flags.unique_tokens);
  return out;
}

std::vector<const Recipe*> recipes_of(const CompareFlags& flags, const HeldInputs& held) {
  if (flags.recipes == std::vector<std::string>{"all"}) return answerable_recipes(held);
  std::vector<const Recipe*> out;
  for (const std::string& name : flags.recipes) {
    if (name == "all") refuse("--recipes names all and others", "write all, or names");
    out.push_back(&recipe_called(name));
    if (std::count(out.begin(), out.end(), out.back()) > 1)
      refuse(fmt::format("--recipes names {} twice", name), "name it once");
  }
  return out;
}

bool counts_total(const CompareFlags& flags) {
  const auto asked = counts_total_called(flags.count);
  if (!flags.count.empty() && !asked)
    refuse(fmt::format("--count {} is no count of parameters", printable(flags.count)),
           "write total or non-embedding");
  if (flags.published.empty()) return asked.value_or(true);
  const bool own = recipe_called(flags.published).counts_total;
  if (asked.value_or(own) != own)
    refuse(fmt::format("{} counts {} parameters, and a law is right only in its own count",
                       flags.published, count_name(own)),
           "leave --count out");
  return own;
}

// Ascending, each once.
std::vector<double> demands_of(const CompareFlags& flags) {
  std::vector<double> out;
  for (const std::string& text : flags.served)
    out.push_back(demand_tokens("--inference-tokens", text));
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

std::vector<double> budgets_of(const CompareFlags& flags, const FittedLaw& law) {
  std::vector<double> out;
  for (const std::string& text : flags.compute) out.push_back(budget_flops(text));
  if (out.empty() && law.largest_flops) out = default_budgets(*law.largest_flops);
  if (out.empty()) refuse("for which budget?", "give --compute 5.76e23,1e25, in FLOP");
  return out;
}

IsoflopFit isoflop_along(const CompareFlags& flags, const std::string& budget) {
  CompareFlags own = flags;
  resolve_reading_flags(own);
  own.read.inputs = {{"params"}, {budget}};
  return fit_isoflop(read_runs(own.path, own.read), "params", budget);
}

// Of the column that was named; else of `budget`, if there is one and it groups the runs.
std::optional<IsoflopFit> isoflop_of(const CompareFlags& flags) {
  if (flags.path.empty()) {
    if (!flags.isoflop.empty())
      refuse("--isoflop needs runs", "give the file of runs instead of a law");
    return std::nullopt;
  }
  if (!flags.isoflop.empty()) return isoflop_along(flags, flags.isoflop);
  const std::vector<std::string> names = parse_csv(read_file(flags.path), flags.path).names();
  if (std::find(names.begin(), names.end(), "budget") == names.end()) return std::nullopt;
  return isoflop_along(flags, "budget");
}

void require_loss(const CompareFlags& flags) {
  if (flags.published.empty() || !recipe_called(flags.published).law.empty()) return;
  refuse(fmt::format("{} is a power law of the compute: it knows no loss to judge others by",
                     flags.published),
         fmt::format("make it a row, --recipes {}, and take as --published a recipe with a law: "
                     "isoloss optimum --list",
                     flags.published));
}

std::optional<Warning> saturated_warning_of(const ComparisonReport& report) {
  for (const ComparedBudget& budget : report.budgets)
    for (const ComparedModel& model : budget.models)
      if (model.is_saturated)
        return saturated_warning(model.flops, model.loss.value, report.options.held);
  return {};
}

std::vector<Warning> warnings_of(const FittedLaw& law, const ComparisonReport& report) {
  std::vector<Warning> out = law.warnings;
  const auto& budgets = report.options.budgets;
  const double most = *std::max_element(budgets.begin(), budgets.end());
  if (law.largest_flops)
    if (const auto warning = extrapolation_warning(most / *law.largest_flops))
      out.push_back(*warning);
  if (const auto warning = saturated_warning_of(report)) out.push_back(*warning);
  if (report.options.isoflop)
    for (const IsoflopMinimum& at : report.options.isoflop->minima)
      if (!at.inside) out.push_back(warning<"isoflop_outside">(at.budget));
  return out;
}

int run_compare_optima(const CompareFlags& flags) {
  const auto json =
      flags.json_path.empty() ? nullptr : std::make_unique<OutputFile>(flags.json_path);
  require_loss(flags);
  ComparisonReport report;
  CompareOptions& options = report.options;
  options.held = all_held(flags);
  options.recipes = recipes_of(flags, options.held);
  options.counts_total = counts_total(flags);
  options.served_tokens = demands_of(flags);
  options.num_threads = flags.fit.num_threads;
  options.isoflop = isoflop_of(flags);
  const FittedLaw law = asked_law(flags);
  options.flops_per_token_param = law.flops_per_token_param;
  options.budgets = budgets_of(flags, law);
  report.budgets = compare_optima(law, options);
  report.warnings = warnings_of(law, report);
  if (json != nullptr) json->commit(comparison_json(law, report));
  if (flags.json_path != "-") OutputFile("-").commit(comparison_text(law, report));
  bool has_all = true;
  for (const ComparedBudget& budget : report.budgets)
    for (const ComparedModel& model : budget.models) has_all = has_all && model.has_answer();
  return has_all && law.outcome() == Outcome::sound ? 0 : 1;
}

}  // namespace

void add_compare_optima_command(CLI::App& app, Command& chosen) {
  CLI::App* command = app.add_subcommand("compare-optima",
                                         "What each school would train for a budget, side by side");
  auto flags = std::make_shared<CompareFlags>();
  add_law_flags(*command, *flags);
  const char* group = "What is compared";
  command
      ->add_option("--recipes", flags->recipes,
                   "Recipes of the literature, see isoloss optimum --list; all: those that need no "
                   "further --input")
      ->delimiter(',')
      ->type_name("NAME[,...]")
      ->capture_default_str()
      ->group(group);
  command
      ->add_option("--inference-tokens", flags->served,
                   "Tokens served over a model's life: a row for each, by the own law")
      ->delimiter(',')
      ->type_name("T[,T...]")
      ->group(group);
  command
      ->add_option("--count", flags->count,
                   "What N of the runs counts: total, the default, or non-embedding; recipes are "
                   "converted to it")
      ->type_name("COUNT")
      ->group(group);
  command
      ->add_option("--isoflop", flags->isoflop,
                   "Column of the runs that names their budget, for approach 2 on them; else "
                   "`budget`, if there is one")
      ->type_name("COLUMN")
      ->group(group);
  command->add_option("--json", flags->json_path, "Write the report as JSON; - is standard output")
      ->type_name("FILE")
      ->group(group);
  command->callback([&chosen, flags] { chosen = [flags] { return run_compare_optima(*flags); }; });
}

}  // namespace isoloss
