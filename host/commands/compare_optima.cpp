#include <fmt/format.h>

#include <algorithm>

#include "host/base/error.h"
#include "host/base/option_error.h"
#include "host/base/text.h"
#include "host/commands/commands.h"
#include "host/commands/optimum_flags.h"
#include "host/laws/of_experts.h"
#include "host/reading/read_runs.h"
#include "host/reading/run_files.h"
#include "host/report/compare_optima.h"

namespace isoloss {
namespace {

constexpr const char* kBudgetColumn = "budget";

// What --all assumes of what is not said: Villalobos et al. 2024, arXiv:2211.04325, on the stock.
constexpr const char* kAssumedDemand = "10T";
constexpr const char* kAssumedStock = "300T";
constexpr const char* kAssumedBits = "4";
constexpr const char* kAssumedDevice = "h100";
constexpr const char* kAssumedLatency = "50ms/token";

struct CompareOptimaFlags {
  LawFlags law;
  std::vector<std::string> recipes{kComparedRecipes.begin(), kComparedRecipes.end()};
  std::vector<std::string> served;  // as typed
  std::string count;                // empty: total, or what a published law counts
  std::string isoflop;              // a column of the runs
  bool all = false;
  std::string post_bits;  // as typed
  LimitFlags device;      // the device, its latency and what a mixture holds

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
    about_option("recipes", name, [&] { out.push_back(&recipe_called(name)); });
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
  if (out.empty() && flags.all) out.push_back(demand_tokens("--inference-tokens", kAssumedDemand));
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

// Of what was typed, or is assumed.
std::string said(const std::string& typed, bool is_assumed, const char* assumed) {
  return typed.empty() && is_assumed ? assumed : typed;
}

void add_device(const CompareOptimaFlags& flags, const LawEntry& law, CompareOptimaQuestion& to) {
  LimitFlags asked = flags.device;
  const bool is_typed = !asked.served_on.empty() || !asked.max_latency.empty();
  if (is_of_experts(law) && !is_typed && asked.total_per_active.empty()) {
    to.is_device_left_out = flags.all;
    return;
  }
  require(is_typed || flags.all || asked.total_per_active.empty(),
          "--total-per-active on which device?", "give --served-on h100");
  asked.served_on = said(asked.served_on, flags.all, kAssumedDevice);
  asked.max_latency = said(asked.max_latency, flags.all, kAssumedLatency);
  const AskedLimits fits = asked_limits(asked, law, false);
  to.decoding = fits.decoding;
  to.device = fits.device;
}

void add_terms(const CompareOptimaFlags& flags, CompareOptimaQuestion& to) {
  if (flags.all)
    to.unique_tokens =
        positive_number("--unique-tokens", said(flags.law.unique_tokens, true, kAssumedStock));
  const std::string bits = said(flags.post_bits, flags.all, kAssumedBits);
  if (bits.empty()) return;
  to.post_bits = positive_number("--post-bits", bits);
  require(*to.post_bits <= 16, fmt::format("--post-bits {} is no fewer bits", bits), "8 or 4, say");
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
  add_terms(flags, question);
  add_device(flags, law.law, question);
  if (law.law.reads(kUniqueTokens) && question.unique_tokens) {  // it weighs them itself
    question.held.emplace(kUniqueTokens, *question.unique_tokens);
    question.unique_tokens.reset();
  }
  if (question.budgets.empty()) question.budgets = law.default_budgets();
  add_isoflop(flags, question);
  const OptimaComparison got = compare_optima(law, question);
  require(!got.lacks_terms || flags.post_bits.empty(),
          fmt::format("--post-bits: {} weighs bits for the law chinchilla, not for {}", kBitsRecipe,
                      law.law.name),
          "leave it out, or fit chinchilla");
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
  command
      .add_flag(
          "--all", all,
          fmt::format("Every school: rows for {} tokens served, {} unique tokens, {} bits, and "
                      "one {} that takes {}, where the flags of these say nothing else",
                      kAssumedDemand, kAssumedStock, kAssumedBits, kAssumedDevice, kAssumedLatency))
      ->group(in);
  command
      .add_option("--post-bits", post_bits,
                  "Bits of the weights once they are trained: a row by the own law with what "
                  "quantising loses by kumar2024")
      ->type_name("BITS")
      ->group(in);
  command
      .add_option(
          "--served-on", device.served_on,
          "A device of isoloss optimum: a row of the largest model that it holds in 16 bits")
      ->type_name("DEVICE")
      ->group(in);
  command
      .add_option("--max-latency", device.max_latency,
                  "The most that a token may take on that device: 50ms/token")
      ->type_name("TIME")
      ->group(in);
  command
      .add_option("--total-per-active", device.total_per_active,
                  "Of a mixture of experts: all parameters, which that memory holds, for each "
                  "active one")
      ->type_name("R")
      ->group(in);
  line.json()->group(in);
}

}  // namespace

Work compare_optima_command(CommandLine& line) { return work_of<CompareOptimaFlags>(line, answer); }

}  // namespace isoloss
