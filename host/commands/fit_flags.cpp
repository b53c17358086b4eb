#include "host/commands/fit_flags.h"

#include <fmt/format.h>

#include "host/base/error.h"
#include "host/base/number.h"

namespace isoloss {
namespace {

void add_output_flags(CLI::App& command, FitFlags& flags) {
  const char* group = kRunningGroup;
  command.add_option("--json", flags.json_path, "Write the report as JSON; - is standard output")
      ->type_name("FILE")
      ->group(group);
  command
      .add_option("--draws", flags.draws_paths,
                  "Write the bootstrap's draws: FILE.npy or FILE.csv, may be given twice")
      ->type_name("FILE")
      ->group(group);
  command.add_flag("--quiet", flags.quiet, "No report on standard output")->group(group);
}

void resolve_starts(FitFlags& flags) {
  if (flags.starts == "screen") return;
  if (flags.starts == "grid") {
    flags.fit.starts = StartMode::grid;
    return;
  }
  const double num = positive_number("--starts", flags.starts);
  require(num >= 1 && num <= 1e7 && num == static_cast<int>(num),
          "--starts " + flags.starts + " is not a number of starts",
          "write screen, grid or a whole number up to 10000000");
  flags.fit.starts = StartMode::random;
  flags.fit.num_random_starts = static_cast<int>(num);
}

bool ends_with(const std::string& text, const char* ending) {
  return text.size() > 4 && text.compare(text.size() - 4, 4, ending) == 0;
}

}  // namespace

bool FitFlags::given(const char* flag) const {
  const CLI::Option* option = command == nullptr ? nullptr : command->get_option_no_throw(flag);
  return option != nullptr && option->count() > 0;
}

double positive_number(const char* flag, const std::string& text) {
  const Number number = parse_number(text);
  require(number.kind == Number::Kind::value && number.value > 0,
          std::string(flag) + " " + text + " is not a positive number", "write 5.76e23, say");
  return number.value;
}

void add_fitting_flags(CLI::App& command, FitFlags& flags) {
  const char* group = kFittingGroup;
  FitOptions& fit = flags.fit;
  flags.command = &command;
  command
      .add_option(
          "--law", fit.law,
          "Law to fit: a name of 'isoloss laws', a formula such as 'E + A/N^alpha', or @FILE")
      ->capture_default_str()
      ->type_name("LAW")
      ->group(group);
  command.add_option("--fix", flags.fix, "Hold a parameter at a value, in the unit of the report")
      ->type_name("NAME=VALUE")
      ->group(group);
  command.add_option("--bound", flags.bound, "Keep a parameter in a range; an end may be left out")
      ->type_name("NAME=LOW:HIGH")
      ->group(group);
  command.add_option("--start", flags.start, "Where the search starts a parameter")
      ->type_name("NAME=VALUE")
      ->group(group);
  command
      .add_option("--residual", flags.residual,
                  "log: compare logs of the loss, or of what the law predicts; linear: compare the "
                  "values, which may then have any sign")
      ->check(CLI::IsMember({"log", "linear"}))
      ->capture_default_str()
      ->type_name("KIND")
      ->group(group);
  command.add_option("--objective", flags.objective, "What a residual costs")
      ->check(CLI::IsMember({"huber", "squared", "absolute"}))
      ->capture_default_str()
      ->type_name("KIND")
      ->group(group);
  command
      .add_option("--huber-delta", fit.residual_loss.huber_delta,
                  "Huber's delta, in the unit of the residual")
      ->capture_default_str()
      ->type_name("DELTA")
      ->group(group);
  command
      .add_option("--starts", flags.starts,
                  "screen: best cells of an exponent grid; grid: every point of the law's "
                  "published grid; a number: that many random starts")
      ->capture_default_str()
      ->type_name("screen|grid|N")
      ->group(group);
  command
      .add_option("--effort", fit.effort,
                  "Times as many starts before a search gives up meeting its best optimum again")
      ->capture_default_str()
      ->type_name("N")
      ->group(group);
  command.add_option("--bootstrap", fit.num_resamples, "Resamples for the intervals; 0 for none")
      ->capture_default_str()
      ->type_name("R")
      ->group(group);
  command.add_option("--confidence", fit.confidence, "Probability of the intervals")
      ->capture_default_str()
      ->type_name("P")
      ->group(group);
  command.add_option("--seed", fit.seed, "Seed of resamples and random starts")
      ->check(whole_number())
      ->capture_default_str()
      ->type_name("SEED")
      ->group(group);
  command
      .add_option("--compute", flags.compute,
                  "Budgets in FLOP for the compute-optimal model: 5.76e23,1e25; else the largest "
                  "run's, 10 and 100 times it")
      ->delimiter(',')
      ->type_name("C[,C...]")
      ->group(group);
}

void add_device_flags(CLI::App& command, FitFlags& flags) {
  command
      .add_option("--device", flags.fit.device,
                  "auto, cpu, cuda, or cuda:0,1 for some of the devices")
      ->capture_default_str()
      ->type_name("DEVICE")
      ->group(kRunningGroup);
  command.add_option("--threads", flags.fit.num_threads, "Threads; 0: one a processor")
      ->capture_default_str()
      ->type_name("N")
      ->group(kRunningGroup);
}

void add_fit_flags(CLI::App& command, FitFlags& flags) {
  command.add_option("runs", flags.path, "CSV or TSV file of runs with a header row")
      ->required()
      ->type_name("RUNS.csv");
  add_reading_flags(command, flags);
  add_fitting_flags(command, flags);
  add_device_flags(command, flags);
  add_output_flags(command, flags);
}

void require_threads(const FitFlags& flags) {
  require(flags.fit.num_threads >= 0 && flags.fit.num_threads <= 4096,
          "--threads must be 0 to 4096", "");
}

void resolve_fit_flags(FitFlags& flags) {
  resolve_reading_flags(flags);
  FitOptions& fit = flags.fit;
  fit.group_by_run = flags.group != "none";
  if (fit.group_by_run) flags.read.group = flags.group;
  fit.flops_per_token_param = flags.read.flops_per_token_param;
  require(fit.flops_per_token_param > 0, "--flops-per-token-param must be positive", "");
  if (flags.objective == "squared") fit.residual_loss.kind = ResidualKind::squared;
  if (flags.objective == "absolute") fit.residual_loss.kind = ResidualKind::absolute;
  fit.linear_residual = flags.residual == "linear";
  fit.overrides = parse_overrides(flags.bound, flags.start, flags.fix);
  require(fit.residual_loss.huber_delta > 0, "--huber-delta must be positive", "");
  require(fit.linear_residual || fit.residual_loss.huber_delta < 1e3,
          "--huber-delta must be between 0 and 1000, in log loss", "");
  require(fit.effort >= 1 && fit.effort <= 1000, "--effort must be 1 to 1000", "");
  require(fit.num_resamples >= 0 && fit.num_resamples <= 10'000'000,
          "--bootstrap must be between 0 and 10000000", "");
  require(fit.num_resamples != 1, "--bootstrap 1 gives no interval", "use 0, or 1000 and more");
  require(fit.confidence > 0 && fit.confidence < 1, "--confidence must be between 0 and 1",
          "write 0.95 for 95%");
  require_threads(flags);
  for (const std::string& text : flags.compute)
    fit.compute.push_back(positive_number("--compute", text));
  resolve_starts(flags);
  require(fit.starts == StartMode::screen || flags.start.empty(),
          "--start goes with --starts screen", "a grid and random starts leave it out");
  require(fit.residual_loss.kind == ResidualKind::huber || !flags.given("--huber-delta"),
          "--huber-delta goes with --objective huber",
          fmt::format("--objective {} has no delta", flags.objective));
  for (const std::string& path : flags.draws_paths) {
    require(ends_with(path, ".npy") || ends_with(path, ".csv"),
            "--draws " + path + " is neither .npy nor .csv", "the ending tells the format");
    require(fit.num_resamples > 0, "--draws needs a bootstrap", "leave out --bootstrap 0");
  }
}

}  // namespace isoloss
