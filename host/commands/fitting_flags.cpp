#include "host/commands/fitting_flags.h"

#include <fmt/format.h>

#include "host/base/error.h"
#include "host/base/text.h"

namespace isoloss {
namespace {

std::string path_of_law(const std::string& text) {
  return text.starts_with('@') ? text.substr(1) : "";
}

// Of random starts; 0 for another way to start.
int num_starts(const std::string& text) {
  if (text == "screen" || text == "grid") return 0;
  const double num = positive_number("--starts", text, "write screen, grid or a whole number");
  require(num >= 1 && num <= 1e7 && num == static_cast<int>(num),
          "--starts " + printable(text) + " is not a number of starts",
          "write screen, grid or a whole number up to 10000000");
  return static_cast<int>(num);
}

StartMode start_mode(const std::string& text) {
  if (text == "screen") return StartMode::screen;
  return text == "grid" ? StartMode::grid : StartMode::random;
}

}  // namespace

void FittingFlags::add(CommandLine& to) {
  line = &to;
  add_law(to);
  add_objective(to);
  add_search(to);
}

void FittingFlags::add_law(CommandLine& to) {
  const char* const in = kFittingGroup;
  CLI::App& command = to.app();
  CLI::Option* law =
      command
          .add_option(
              "--law", fit.law,
              "Law to fit: a name of 'isoloss laws', a formula such as 'E + A/N^alpha', or @FILE")
          ->capture_default_str()
          ->type_name("LAW")
          ->group(in);
  to.reads(law, path_of_law);
  command
      .add_option(
          "--fix", fix,
          "Hold a parameter at a value, in the unit of the report, or at another parameter: "
          "alpha=beta")
      ->type_name("NAME=VALUE|NAME")
      ->group(in);
  command.add_option("--bound", bound, "Keep a parameter in a range; an end may be left out")
      ->type_name("NAME=LOW:HIGH")
      ->group(in);
  command.add_option("--start", start, "Where the search starts a parameter")
      ->type_name("NAME=VALUE")
      ->group(in);
}

void FittingFlags::add_objective(CommandLine& to) {
  const char* const in = kFittingGroup;
  CLI::App& command = to.app();
  one_of(command
             .add_option("--residual", residual,
                         "log: compare logs of the loss, or of what the law predicts; linear: "
                         "compare the values, which may then have any sign")
             ->capture_default_str()
             ->group(in),
         {"log", "linear"});
  one_of(command.add_option("--objective", objective, "What a residual costs")
             ->capture_default_str()
             ->group(in),
         {"huber", "squared", "absolute"});
  CLI::Option* delta = command
                           .add_option("--huber-delta", fit.residual_loss.huber_delta,
                                       "Huber's delta, in the unit of the residual")
                           ->capture_default_str()
                           ->type_name("DELTA")
                           ->group(in);
  checked<double>(delta,
                  [](double value) { require(value > 0, "--huber-delta must be positive", ""); });
  CLI::Option* over =
      command
          .add_option("--over-penalty", fit.residual_loss.over_penalty,
                      "How many times as much a residual costs where the law lies above the run: "
                      "more than 1 where runs may be badly tuned, which only ever raises a loss")
          ->capture_default_str()
          ->type_name("TIMES")
          ->group(in);
  checked<double>(over, [](double value) {
    require(value >= 1 && value <= 1e6, "--over-penalty must be 1 to 1000000",
            "1 counts both sides the same");
  });
}

void FittingFlags::add_search(CommandLine& to) {
  const char* const in = kFittingGroup;
  CLI::App& command = to.app();
  CLI::Option* searches =
      command
          .add_option("--starts", starts,
                      "screen: best cells of an exponent grid; grid: every point of the law's "
                      "published grid; a number: that many random starts")
          ->capture_default_str()
          ->type_name("screen|grid|N")
          ->group(in);
  checked<std::string>(searches, [](const std::string& text) { num_starts(text); });
  CLI::Option* times =
      command
          .add_option(
              "--effort", fit.effort,
              "Times as many starts before a search gives up meeting its best optimum again")
          ->capture_default_str()
          ->type_name("N")
          ->group(in);
  checked<int>(times,
               [](int num) { require(num >= 1 && num <= 1000, "--effort must be 1 to 1000", ""); });
  add_bootstrap(to, fit.num_resamples, 2, 10'000'000)->group(in);
  add_confidence(to, fit.confidence)->group(in);
  add_seed(to, fit.seed, "Seed of resamples and random starts")->group(in);
}

FitOptions FittingFlags::options() const {
  FitOptions out = fit;
  if (objective == "squared") out.residual_loss.kind = ResidualKind::squared;
  if (objective == "absolute") out.residual_loss.kind = ResidualKind::absolute;
  out.linear_residual = residual == "linear";
  out.overrides = parse_overrides(bound, start, fix);
  out.starts = start_mode(starts);
  out.num_random_starts = num_starts(starts);
  require(out.linear_residual || out.residual_loss.huber_delta < 1e3,
          "--huber-delta must be between 0 and 1000, in log loss", "");
  require(out.starts == StartMode::screen || start.empty(), "--start goes with --starts screen",
          "a grid and random starts leave it out");
  require(out.residual_loss.kind == ResidualKind::huber || !line->given("--huber-delta"),
          "--huber-delta goes with --objective huber",
          fmt::format("--objective {} has no delta", objective));
  return out;
}

void BudgetFlags::add(CommandLine& line) {
  line.app()
      .add_option("--compute", compute,
                  "Budgets in FLOP for the compute-optimal model: 5.76e23,1e25; else the largest "
                  "run's, 10 and 100 times it")
      ->delimiter(',')
      ->type_name("C[,C...]")
      ->group(kFittingGroup);
}

std::vector<double> BudgetFlags::budgets() const {
  std::vector<double> out;
  for (const std::string& text : compute) out.push_back(positive_number("--compute", text));
  return out;
}

void add_runs(CommandLine& line, std::vector<std::string>& paths) {
  line.inputs("runs", paths,
              "Files of runs with a header row: CSV, TSV or JSON, .gz too; - is standard input")
      ->required()
      ->type_name("RUNS.csv");
}

void RunningFlags::add(CommandLine& line) {
  add_device(line, device, "auto, cpu, cuda, or cuda:0,1 for some of the devices")
      ->group(kRunningGroup);
  add_threads(line, num_threads)->group(kRunningGroup);
}

void FitFlags::add(CommandLine& line) {
  reading.add(line);
  fitting.add(line);
  budgets.add(line);
  running.add(line);
}

ReadOptions FitFlags::read_options() const {
  ReadOptions out = reading.options();
  out.infer_runs = reading.group != "none";
  if (out.infer_runs) out.group = reading.group;
  out.error_of_log = fitting.residual != "linear";
  return out;
}

FitOptions FitFlags::fit_options() const {
  FitOptions out = fitting.options();
  out.group_by_run = reading.group != "none";
  out.flops_per_token_param = reading.read.flops_per_token_param;
  out.device = running.device;
  out.num_threads = running.num_threads;
  return out;
}

void RunsFlags::add(CommandLine& line) {
  add_runs(line, paths);
  fit.add(line);
  line.json()->group(kRunningGroup);
}

RunSource RunsFlags::source() const { return {paths, fit.read_options(), {}}; }

}  // namespace isoloss
