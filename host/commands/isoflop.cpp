#include "host/report/isoflop.h"

#include "host/base/error.h"
#include "host/commands/commands.h"
#include "host/commands/fitting_flags.h"
#include "host/commands/optimum_flags.h"
#include "host/commands/shard_flags.h"

namespace isoloss {
namespace {

struct IsoflopFlags {
  IsoflopQuestion question;
  std::string curve = "parabola";
  RunsFlags runs;
  ShardFlags shard;

  void add(CommandLine& to);
};

void IsoflopFlags::add(CommandLine& to) {
  CLI::App& command = to.app();
  const char* const in = "What is read off";
  command
      .add_option("--size", question.size,
                  "What varies at a budget: params, tokens, or any column of positive numbers")
      ->capture_default_str()
      ->type_name("COLUMN")
      ->group(in);
  command
      .add_option("--budget", question.budget,
                  "Column that names a run's budget; without it the runs' compute")
      ->type_name("COLUMN")
      ->group(in);
  CLI::Option* tolerance =
      command
          .add_option("--tolerance", question.tolerance,
                      "Budgets that follow each other closer than this share are one")
          ->capture_default_str()
          ->type_name("SHARE")
          ->group(in);
  checked<double>(tolerance, [](double share) {
    require(share >= 0 && share < 1, "--tolerance must be from 0 to below 1", "0.05 is 5 %");
  });
  one_of(
      command.add_option("--curve", curve, "Through the runs of a budget, in the log of the size")
          ->capture_default_str()
          ->group(in),
      {"parabola", "cubic", "akima"});
  runs.add(to);
  shard.add(to);
}

CurveKind curve_called(const std::string& name) {
  if (name == "cubic") return CurveKind::cubic;
  return name == "akima" ? CurveKind::akima : CurveKind::parabola;
}

Outcome answer(const IsoflopFlags& flags, Documents& out) {
  IsoflopQuestion question = flags.question;
  question.curve = curve_called(flags.curve);
  const FitOptions options = flags.runs.fit.fit_options();
  question.law = options.law;
  for (const std::string& text : flags.runs.fit.budgets.compute)
    question.budgets.push_back(question.budget.empty() ? budget_flops(text)
                                                       : positive_number("--compute", text));
  question.shards = flags.shard.options();
  const Isoflop got = isoflop(flags.runs.source(), question, options);
  if (got.shard) return flags.shard.fill(*got.shard, out);
  out.answer([&] { return describe_isoflop(got); }, [&] { return isoflop_json(got); });
  return got.outcome();
}

}  // namespace

Work isoflop_command(CommandLine& line) { return work_of<IsoflopFlags>(line, answer); }

}  // namespace isoloss
