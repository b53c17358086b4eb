#include "host/report/fit.h"
#include "host/base/error.h"
#include "host/base/text.h"
#include "host/commands/asked_fit.h"
#include "host/commands/commands.h"
#include "host/report/draws.h"
#include "host/report/fit.h"

namespace isoloss {
namespace {

struct Flags {
  std::vector<std::string> paths;
  FitFlags fit;
  bool quiet = false;
  const CommandLine* line = nullptr;

  void add(CommandLine& line);
};

void Flags::add(CommandLine& to) {
  line = &to;
  to.inputs("runs", paths,
            "Files of runs with a header row: CSV, TSV or JSON, .gz too; - is standard input")
      ->required()
      ->type_name("RUNS.csv");
  fit.add(to);
  to.json()->group(kRunningGroup);
  CLI::Option* draws = to.outputs(
      "--draws", "Write the bootstrap's draws: FILE.npy or FILE.csv, may be given twice");
  checked<std::string>(draws->group(kRunningGroup), [](const std::string& path) {
    require(path.ends_with(".npy") || path.ends_with(".csv"),
            "--draws " + printable(path) + " is neither .npy nor .csv",
            "the ending tells the format");
  });
  to.app().add_flag("--quiet", quiet, "No report on standard output")->group(kRunningGroup);
}

Outcome answer(const Flags& flags, Documents& out) {
  require(flags.fit.fitting.fit.num_resamples > 0 || !flags.line->given("--draws"),
          "--draws needs a bootstrap", "leave out --bootstrap 0");
  std::vector<double> budgets;
  for (const std::string& text : flags.fit.budgets.compute)
    budgets.push_back(positive_number("--compute", text));
  const FittedRuns made = asked_fit({flags.paths, {}, {}}, flags.fit, budgets);
  const RunTable& runs = made.runs;
  const FitResult& result = made.fit;
  out.file("--draws", [&](const std::string& path) {
    return path.ends_with(".npy") ? npy_draws(result) : csv_draws(result);
  });
  out.answer([&] { return describe_fit(runs, result); }, [&] { return json_report(runs, result); },
             {.is_quiet = flags.quiet, .warns = true});
  return outcome_of(result.status);
}

}  // namespace

Work fit_command(CommandLine& line) { return work_of<Flags>(line, answer); }

}  // namespace isoloss
