#include "host/answers/race/race.h"

#include <fmt/format.h>

#include <algorithm>

#include "host/base/error.h"
#include "host/base/text.h"
#include "host/commands/commands.h"
#include "host/commands/common_flags.h"
#include "host/commands/reading_flags.h"
#include "host/report/race.h"

namespace isoloss {
namespace {

struct RaceFlags {
  std::vector<std::string> paths;  // of curves
  ReadingFlags reading;
  std::vector<std::string> by, tokens_per_second;  // as typed
  std::string from = "0.1";                        // the same
  std::string pairs = "all";
  RaceOptions race;  // as far as typed

  void add(CommandLine& line);
};

void add_speeds(const RaceFlags& flags, RaceOptions& race) {
  constexpr const char* kHint =
      "write --tokens-per-second 13B=350000, or a run's name for the size";
  for (const std::string& text : flags.tokens_per_second) {
    const std::size_t equals = text.rfind('=');
    require(equals != std::string::npos && equals > 0,
            fmt::format("--tokens-per-second {} has no '='", shown(text)), kHint);
    race.tokens_per_second[text.substr(0, equals)] =
        positive_number("--tokens-per-second", text.substr(equals + 1), kHint);
  }
  require(race.tokens_per_second.empty() || race.time_column.empty(),
          "--time and --tokens-per-second", "give one of the two");
}

RaceOptions options_of(const RaceFlags& flags) {
  RaceOptions race = flags.race;
  race.from = positive_number("--from", flags.from, "write 2e11, or 0.1 for a tenth of each run");
  for (const Budget by : kBudgets)
    if (std::find(flags.by.begin(), flags.by.end(), budget_name(by)) != flags.by.end())
      race.by.push_back(by);
  race.neighbours_only = flags.pairs == "neighbours";
  require(race.half_width >= 0.01 && race.half_width <= 2, "--width must be between 0.01 and 2",
          "it is in log tokens: 0.15 is 15 %");
  require(race.block >= 0, "--block must be 0 or more rows", "0 chooses the length");
  require(race.num_budgets >= 2 && race.num_budgets <= 100, "--budgets must be between 2 and 100",
          "");
  add_speeds(flags, race);
  return race;
}

Outcome answer(const RaceFlags& flags, Documents& out) {
  const ReadOptions read = flags.reading.options_of_curves("a race", "is by loss");
  const RaceResult got = race(RunSource{flags.paths, read, {}}, options_of(flags));
  out.answer([&] { return describe_race(got); }, [&] { return race_json(got); });
  return got.outcome();
}

void RaceFlags::add(CommandLine& line) {
  CLI::App& command = line.app();
  line.inputs("curves", paths, "Files of curves; rows of one run are one curve")
      ->required()
      ->type_name("CURVES.csv");
  one_of(command.add_option("--by", by, "Budgets to race by; else all that the data allow")
             ->delimiter(','),
         {"flops", "tokens", "time"});
  command
      .add_option("--time", race.time_column,
                  "Column of the time since the run began; else gpu_hours, hours, seconds, "
                  "wall_time or time, if there is one")
      ->type_name("HEADER");
  command
      .add_option("--tokens-per-second", tokens_per_second,
                  "Instead of a column the speed of a run or of a size; time is then in hours")
      ->type_name("RUN_OR_SIZE=VALUE");
  command
      .add_option("--from", from,
                  "Where the fitted laws begin: tokens, or a share of each run's tokens below 1")
      ->capture_default_str()
      ->type_name("TOKENS|SHARE");
  command
      .add_option("--width", race.half_width,
                  "Half width of the local lines that smooth the curves, in log tokens")
      ->capture_default_str()
      ->type_name("W");
  one_of(command.add_option("--pairs", pairs, "all, or neighbours: each size with the next")
             ->capture_default_str(),
         {"all", "neighbours"});
  command.add_option("--budgets", race.num_budgets, "Rows of the table of budgets")
      ->capture_default_str()
      ->type_name("K");
  command
      .add_option("--block", race.block,
                  "Rows of a block of the bootstrap; 0: by the autocorrelation of the residuals")
      ->capture_default_str()
      ->type_name("ROWS");
  add_bootstrap(line, race.num_resamples, 20, 100'000);
  add_confidence(line, race.confidence);
  add_seed(line, race.seed, "Seed of the resamples");
  add_threads(line, race.num_threads);
  line.json();
  reading.add(line);
}

}  // namespace

Work race_command(CommandLine& line) { return work_of<RaceFlags>(line, answer); }

}  // namespace isoloss
