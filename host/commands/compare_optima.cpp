#include <fmt/format.h>

#include <algorithm>

#include "host/base/error.h"
#include "host/base/text.h"
#include "host/commands/commands.h"
#include "host/commands/optimum_flags.h"
#include "host/reading/read_runs.h"
#include "host/reading/run_files.h"
#include "host/report/compare_optima.h"

namespace isoloss {
namespace {

constexpr const char* kBudgetColumn = "budget";

struct CompareOptimaFlags {
  LawFlags law;
  std::vector<std::string> recipes{kComparedRecipes.begin(), kComparedRecipes.end()};
  std::vector<std::string> served;  // as typed
  std::string count;                // empty: total, or what a published law counts
  std::string isoflop;              // a column of the runs

  void add(CommandLine& line);
};

HeldInputs all_held(const CompareOptimaFlags& flags) {
  HeldInputs out = held_inputs(flags.law);
  if (!flags.law.unique_tokens.empty())
    out[kUniqueTokens] = positive_number("--unique-tokens", flags.law.unique_tokens);
  return out;
}

std::vector<const Recipe*> recipes_of(const CompareOptimaFlags& flags, const HeldInputs& held) {
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

bool counts_total(const CompareOptimaFlags& flags) {
  const auto asked = counts_total_called(flags.count);
  if (!flags.count.empty() && !asked)
    refuse(fmt::format("--count {} is no count of parameters", printable(flags.count)),
           "write total or non-embedding");
  if (flags.law.published.empty()) return asked.value_or(true);
  const bool own = recipe_called(flags.law.published).counts_total;
  if (asked.value_or(own) != own)
    refuse(fmt::format("{} counts {} parameters, and a law is right only in its own count",
                       flags.law.published, count_name(own)),
           "leave --count out");
  return own;
}

// Ascending, each once.
std::vector<double> demands_of(const CompareOptimaFlags& flags) {
  std::vector<double> out;
  for (const std::string& text : flags.served)
    out.push_back(demand_tokens("--inference-tokens", text));
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

Isoflop isoflop_along(const CompareOptimaFlags& flags, const std::string& column,
                      const std::vector<double>& budgets) {
  IsoflopQuestion question;
  question.budget = column;
  question.budgets = budgets;
  question.law.clear();  // the own law is there already
  return isoflop({flags.law.paths, flags.law.fit.reading.options(), flags.law.table}, question,
                 flags.law.fit.fit_options());
}

bool has_budget_column(const CompareOptimaFlags& flags) {
  const std::vector<std::string> names = flags.law.table->names();
  return std::find(names.begin(), names.end(), kBudgetColumn) != names.end();
}

// Of the column that was named; else of `budget`, if there is one. What nobody asked for is left
// out where it cannot be.
void add_isoflop(const CompareOptimaFlags& flags, CompareOptimaQuestion& to) {
  if (flags.law.paths.empty()) {
    if (!flags.isoflop.empty())
      refuse("--isoflop needs runs", "give the file of runs instead of a law");
    return;
  }
  if (!flags.isoflop.empty()) {
    to.isoflop = isoflop_along(flags, flags.isoflop, to.budgets);
  } else if (has_budget_column(flags)) {
    try {
      to.isoflop = isoflop_along(flags, kBudgetColumn, to.budgets);
    } catch (const InputError& error) {
      to.isoflop_failure = error.message;
    }
  }
}

void require_loss(const CompareOptimaFlags& flags) {
  if (flags.law.published.empty() || !recipe_called(flags.law.published).law.empty()) return;
  refuse(fmt::format("{} is a power law of the compute: it knows no loss to judge others by",
                     flags.law.published),
         fmt::format("make it a row, --recipes {}, and take as --published a recipe with a law: "
                     "isoloss optimum --list",
                     flags.law.published));
}

// The runs serve two fits, and standard input can be read once only.
CompareOptimaFlags with_table(CompareOptimaFlags flags) {
  const ReadOptions read = flags.law.fit.reading.options();
  if (!flags.law.paths.empty())
    flags.law.table = std::make_shared<const CsvTable>(read_table(flags.law.paths, read));
  return flags;
}

Outcome answer(const CompareOptimaFlags& typed, Documents& out) {
  require_loss(typed);
  const CompareOptimaFlags flags = with_table(typed);
  CompareOptimaQuestion question;
  for (const std::string& text : flags.law.fit.budgets.compute)
    question.budgets.push_back(budget_flops(text));
  question.held = all_held(flags);
  question.recipes = recipes_of(flags, question.held);
  question.counts_total = counts_total(flags);
  question.served_tokens = demands_of(flags);
  question.num_threads = flags.law.fit.running.num_threads;
  const FittedLaw law = asked_law(flags.law);
  if (question.budgets.empty()) question.budgets = law.default_budgets();
  add_isoflop(flags, question);
  const OptimaComparison got = compare_optima(law, question);
  out.answer([&] { return describe_comparison(law, got); },
             [&] { return comparison_json(law, got); });
  return got.outcome();
}

void CompareOptimaFlags::add(CommandLine& line) {
  law.add(line);
  CLI::App& command = line.app();
  const char* const in = "What is compared";
  command
      .add_option("--recipes", recipes,
                  "Recipes of the literature, see isoloss optimum --list; all: those that need no "
                  "further --input")
      ->delimiter(',')
      ->type_name("RECIPE[,...]")
      ->capture_default_str()
      ->group(in);
  command
      .add_option("--inference-tokens", served,
                  "Tokens served over a model's life: a row for each, by the own law")
      ->delimiter(',')
      ->type_name("T[,T...]")
      ->group(in);
  command
      .add_option("--count", count,
                  "What N of the runs counts: total, the default, or non-embedding; recipes are "
                  "converted to it")
      ->type_name("COUNT")
      ->group(in);
  command
      .add_option("--isoflop", isoflop,
                  "Column of the runs that names their budget, for approach 2 on them; else "
                  "`budget`, if there is one")
      ->type_name("COLUMN")
      ->group(in);
  line.json()->group(in);
}

}  // namespace

Work compare_optima_command(CommandLine& line) { return work_of<CompareOptimaFlags>(line, answer); }

}  // namespace isoloss
