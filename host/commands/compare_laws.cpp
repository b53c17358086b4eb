#include "host/report/compare_laws.h"

#include "host/base/error.h"
#include "host/base/text.h"
#include "host/commands/commands.h"
#include "host/commands/fitting_flags.h"
#include "host/commands/optimum_flags.h"
#include "host/commands/shard_flags.h"

namespace isoloss {
namespace {

struct CompareLawsFlags {
  std::vector<std::string> laws, holdouts;  // as typed
  RunsFlags runs;
  ShardFlags shard;
  const CommandLine* line = nullptr;

  void add(CommandLine& to);
};

void CompareLawsFlags::add(CommandLine& to) {
  line = &to;
  CLI::App& command = to.app();
  const char* const in = "What is compared";
  command
      .add_option("--laws", laws,
                  "Laws, formulas or @FILE.toml; all: those of the list that the columns allow")
      ->type_name("LAW[,LAW...]")
      ->group(in);
  CLI::Option* holdout = command.add_option(
      "--holdout", holdouts,
      "What is held out: beyond-compute:1/10, top-params:20%, each-run; compute, params, tokens, "
      "run or a column that is read. Without it beyond a third, a tenth and a thirtieth of the "
      "largest compute");
  holdout->delimiter(',')->type_name("HOW[,HOW...]")->group(in);
  checked<std::string>(holdout, [](const std::string& text) { parse_holdout(text); });
  runs.add(to);
  shard.add(to);
}

// Laws are of --laws, and none has parameters that another has.
void refuse_unused(const CommandLine& line) {
  for (const char* flag : {"--law", "--fix", "--bound", "--start"})
    require(!line.given(flag), std::string(flag) + " is of one law, and several are compared",
            "leave it out, or write the law as a formula in --laws");
}

// At commas, but for those between the parentheses of a formula.
std::vector<std::string> split_laws(const std::vector<std::string>& typed) {
  std::vector<std::string> out;
  for (const std::string& text : typed) {
    out.emplace_back();
    int depth = 0;
    for (const char own : text) {
      depth += own == '(' ? 1 : own == ')' ? -1 : 0;
      if (own == ',' && depth == 0) {
        out.emplace_back();
      } else {
        out.back() += own;
      }
    }
  }
  for (std::string& law : out) law = std::string(trim(law));
  return out;
}

CompareLawsQuestion question_of(const CompareLawsFlags& flags) {
  CompareLawsQuestion out;
  out.laws = split_laws(flags.laws);
  if (out.laws == std::vector<std::string>{"all"}) out.laws.clear();
  for (const std::string& text : flags.holdouts) out.holdouts.push_back(parse_holdout(text));
  for (const std::string& text : flags.runs.fit.budgets.compute)
    out.budgets.push_back(budget_flops(text));
  out.shards = flags.shard.options();
  return out;
}

Outcome answer(const CompareLawsFlags& flags, Documents& out) {
  refuse_unused(*flags.line);
  const CompareLaws got =
      compare_laws(flags.runs.source(), question_of(flags), flags.runs.fit.fit_options());
  if (got.shard) return flags.shard.fill(*got.shard, out);
  out.answer([&] { return describe_compare_laws(got); }, [&] { return compare_laws_json(got); });
  return got.outcome();
}

}  // namespace

Work compare_laws_command(CommandLine& line) { return work_of<CompareLawsFlags>(line, answer); }

}  // namespace isoloss
