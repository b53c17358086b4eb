#include "host/report/backtest.h"

#include "host/base/error.h"
#include "host/commands/commands.h"
#include "host/commands/fitting_flags.h"
#include "host/commands/shard_flags.h"

namespace isoloss {
namespace {

struct BacktestFlags {
  std::string quantity = "compute";
  std::vector<std::string> stops;  // as typed
  RunsFlags runs;
  ShardFlags shard;
  const CommandLine* line = nullptr;

  void add(CommandLine& to);
};

void BacktestFlags::add(CommandLine& to) {
  line = &to;
  CLI::App& command = to.app();
  const char* const in = "Where it is stopped";
  command
      .add_option("--along", quantity,
                  "What grows until the stop: compute, params, tokens, or a column that the law "
                  "reads")
      ->capture_default_str()
      ->type_name("QUANTITY")
      ->group(in);
  CLI::Option* at = command.add_option(
      "--stop", stops, "Shares of the largest: 1/10, 10% or 0.1; without it 1/10, 1/30 and 1/100");
  at->delimiter(',')->type_name("SHARE[,SHARE...]")->group(in);
  checked<std::string>(at, [](const std::string& text) { parse_share(text); });
  runs.add(to);
  shard.add(to);
}

Outcome answer(const BacktestFlags& flags, Documents& out) {
  require(!flags.line->given("--compute"), "--compute asks for optima, and a backtest gives none",
          "leave it out");
  BacktestQuestion question;
  question.quantity = flags.quantity;
  if (!flags.stops.empty()) question.shares.clear();
  for (const std::string& text : flags.stops) question.shares.push_back(parse_share(text));
  question.shards = flags.shard.options();
  const Backtest got = backtest(flags.runs.source(), question, flags.runs.fit.fit_options());
  if (got.shard) return flags.shard.fill(*got.shard, out);
  out.answer([&] { return describe_backtest(got); }, [&] { return backtest_json(got); });
  return got.outcome();
}

}  // namespace

Work backtest_command(CommandLine& line) { return work_of<BacktestFlags>(line, answer); }

}  // namespace isoloss
