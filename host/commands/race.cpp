#include "host/answers/race/race.h"
#include "host/answers/race/mixed_groups.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "host/base/error.h"
#include "host/base/file_bytes.h"
#include "host/base/number.h"
#include "host/base/output_file.h"
#include "host/base/text.h"
#include "host/commands/commands.h"
#include "host/commands/reading_flags.h"
#include "host/reading/csv.h"
#include "host/reading/read_runs.h"
#include "host/report/race.h"

namespace isoloss {
namespace {

struct RaceFlags : ReadingFlags {
  std::string path, json_path;
  std::vector<std::string> by, tokens_per_second;  // as typed
  std::string from = "0.1";                        // the same
  std::string pairs = "all";
  RaceOptions race;
};

double positive_number(const std::string& flag, const std::string& text, const char* hint) {
  const Number number = parse_number(text);
  require(number.kind == Number::Kind::value && number.value > 0,
          fmt::format("{} {} is not a positive number", flag, shown(text)), hint);
  return number.value;
}

void resolve_speeds(RaceFlags& flags) {
  constexpr const char* kHint =
      "write --tokens-per-second 13B=350000, or a run's name for the size";
  for (const std::string& text : flags.tokens_per_second) {
    const std::size_t equals = text.rfind('=');
    require(equals != std::string::npos && equals > 0,
            fmt::format("--tokens-per-second {} has no '='", shown(text)), kHint);
    flags.race.tokens_per_second[text.substr(0, equals)] =
        positive_number("--tokens-per-second", text.substr(equals + 1), kHint);
  }
  require(flags.race.tokens_per_second.empty() || flags.race.time_column.empty(),
          "--time and --tokens-per-second", "give one of the two");
}

void resolve_options(RaceFlags& flags) {
  RaceOptions& race = flags.race;
  race.from = positive_number("--from", flags.from, "write 2e11, or 0.1 for a tenth of each run");
  for (const Budget by : kBudgets)
    if (std::find(flags.by.begin(), flags.by.end(), budget_name(by)) != flags.by.end())
      race.by.push_back(by);
  race.neighbours_only = flags.pairs == "neighbours";
  require(race.half_width >= 0.01 && race.half_width <= 2, "--width must be between 0.01 and 2",
          "it is in log tokens: 0.15 is 15 %");
  require(race.block >= 0, "--block must be 0 or more rows", "0 chooses the length");
  require(race.num_resamples >= 0 && race.num_resamples <= 100'000 &&
              (race.num_resamples == 0 || race.num_resamples >= 20),
          "--bootstrap must be 0 or between 20 and 100000", "1000 is enough for 95 %");
  require(race.confidence > 0 && race.confidence < 1, "--confidence must be between 0 and 1",
          "write 0.95 for 95%");
  require(race.num_budgets >= 2 && race.num_budgets <= 100, "--budgets must be between 2 and 100",
          "");
  require(race.num_threads >= 0 && race.num_threads <= 4096, "--threads must be 0 to 4096", "");
  require(flags.read.weights.empty(), "a race does not weigh rows", "leave out --weights");
  require(flags.read.response.empty(), "a race is by loss, the lower the better",
          "--column loss=HEADER names the column of a loss");
  require(flags.schedule.empty(), "a race reads no learning rates", "leave out --schedule");
  require(flags.group != "none", "--group none: a curve is the rows of one run",
          "name the column that tells runs apart");
  flags.read.group = flags.group;
  resolve_speeds(flags);
}

// Looks for the column that was named; if none was, for one that usually holds the time since a run
// began.
void find_time(RaceFlags& flags, const CsvTable& csv) {
  const std::vector<std::string> headers = csv.names();
  const std::string& asked = flags.race.time_column;
  if (!asked.empty() && std::find(headers.begin(), headers.end(), asked) == headers.end())
    throw InputError(flags.path, 1, "", fmt::format("--time: no column {}", shown(asked)),
                     "the header has " + listed(headers));
  if (!asked.empty() || !flags.race.tokens_per_second.empty()) return;
  for (const char* usual : {"gpu_hours", "gpu_h", "wall_time", "hours", "seconds", "time"})
    for (const std::string& header : headers)
      if (flags.race.time_column.empty() && plain_name(header) == plain_name(usual))
        flags.race.time_column = header;
}

int run_race(RaceFlags flags) {
  resolve_reading_flags(flags);
  resolve_options(flags);
  std::unique_ptr<OutputFile> json;
  if (!flags.json_path.empty()) json = std::make_unique<OutputFile>(flags.json_path);
  const std::string bytes = read_file(flags.path);
  const CsvTable csv = parse_csv(bytes, flags.path);
  find_time(flags, csv);
  flags.read.inputs = {{"params"}, {"tokens"}};
  if (!flags.race.time_column.empty()) flags.read.inputs.push_back({flags.race.time_column});
  const RunTable runs = parse_runs(bytes, flags.path, flags.read);
  RaceResult result = race(runs, flags.race);
  if (const auto warning = mixed_groups(csv, runs)) result.warnings.push_back(*warning);
  if (json != nullptr) json->commit(race_json(runs, result));
  if (flags.json_path != "-") OutputFile("-").commit(race_report(runs, result));
  return 0;
}

void add_race_flags(CLI::App& command, RaceFlags& flags) {
  RaceOptions& race = flags.race;
  command.add_option("--by", flags.by, "Budgets to race by; else all that the data allow")
      ->delimiter(',')
      ->check(CLI::IsMember({"flops", "tokens", "time"}))
      ->type_name("flops|tokens|time");
  command
      .add_option("--time", race.time_column,
                  "Column of the time since the run began; else gpu_hours, hours, seconds, "
                  "wall_time or time, if there is one")
      ->type_name("HEADER");
  command
      .add_option("--tokens-per-second", flags.tokens_per_second,
                  "Instead of a column the speed of a run or of a size; time is then in hours")
      ->type_name("RUN_OR_SIZE=VALUE");
  command
      .add_option("--from", flags.from,
                  "Where the fitted laws begin: tokens, or a share of each run's tokens below 1")
      ->capture_default_str()
      ->type_name("TOKENS|SHARE");
  command
      .add_option("--width", race.half_width,
                  "Half width of the local lines that smooth the curves, in log tokens")
      ->capture_default_str()
      ->type_name("W");
  command.add_option("--pairs", flags.pairs, "all, or neighbours: each size with the next")
      ->check(CLI::IsMember({"all", "neighbours"}))
      ->capture_default_str()
      ->type_name("PAIRS");
  command.add_option("--budgets", race.num_budgets, "Rows of the table of budgets")
      ->capture_default_str()
      ->type_name("K");
  command
      .add_option("--block", race.block,
                  "Rows of a block of the bootstrap; 0: by the autocorrelation of the residuals")
      ->capture_default_str()
      ->type_name("ROWS");
  command.add_option("--bootstrap", race.num_resamples, "Resamples for the intervals; 0 for none")
      ->capture_default_str()
      ->type_name("R");
  command.add_option("--confidence", race.confidence, "Probability of the intervals")
      ->capture_default_str()
      ->type_name("P");
  command.add_option("--seed", race.seed, "Seed of the resamples")
      ->check(whole_number())
      ->capture_default_str()
      ->type_name("SEED");
  command.add_option("--threads", race.num_threads, "Threads; 0: one a processor")
      ->capture_default_str()
      ->type_name("N");
  command.add_option("--json", flags.json_path, "Write the report as JSON; - is standard output")
      ->type_name("FILE");
}

}  // namespace

void add_race_command(CLI::App& app, Command& chosen) {
  CLI::App* command = app.add_subcommand(
      "race", "Race training curves of several sizes: who is ahead at equal compute, tokens, time");
  auto flags = std::make_shared<RaceFlags>();
  command->add_option("curves", flags->path, "CSV or TSV file; rows of one run are one curve")
      ->required()
      ->type_name("CURVES.csv");
  add_race_flags(*command, *flags);
  add_reading_flags(*command, *flags);
  command->callback([&chosen, flags] { chosen = [flags] { return run_race(*flags); }; });
}

}  // namespace isoloss
