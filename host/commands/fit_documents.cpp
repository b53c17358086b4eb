#include "host/commands/fit_documents.h"

#include "host/base/error.h"
#include "host/base/text.h"
#include "host/commands/fitting_flags.h"
#include "host/report/draws.h"
#include "host/report/fit.h"
#include "host/report/rows.h"

namespace isoloss {

void FitDocuments::add(CommandLine& line) {
  line.json()->group(kRunningGroup);
  CLI::Option* draws = line.outputs(
      "--draws", "Write the bootstrap's draws: FILE.npy or FILE.csv, may be given twice");
  checked<std::string>(draws->group(kRunningGroup), [](const std::string& path) {
    require(path.ends_with(".npy") || path.ends_with(".csv"),
            "--draws " + printable(path) + " is neither .npy nor .csv",
            "the ending tells the format");
  });
  line.output("--rows", "Write every row as CSV: what the law says of it, or why it was left out")
      ->group(kRunningGroup);
  line.app().add_flag("--quiet", quiet, "No report on standard output")->group(kRunningGroup);
}

Outcome FitDocuments::fill(const FittedRuns& made, Documents& out) const {
  const RunTable& runs = made.runs;
  const FitResult& fit = made.fit;
  out.file("--draws", [&](const std::string& path) {
    return path.ends_with(".npy") ? npy_draws(fit) : csv_draws(fit);
  });
  out.text("--rows", [&] { return rows_csv(runs, fit); });
  out.answer([&] { return describe_fit(runs, fit); }, [&] { return json_report(runs, fit); },
             {.is_quiet = quiet, .warns = true});
  return outcome_of(fit.status);
}

}  // namespace isoloss
