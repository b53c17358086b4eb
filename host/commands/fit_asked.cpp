#include "host/commands/fit_asked.h"

#include <memory>

#include "host/law_choice.h"
#include "host/progress.h"
#include "host/reading/run_files.h"

namespace isoloss {
namespace {

// A formula's names are looked up in the file's header.
LawEntry asked_law(const FitFlags& flags, const std::vector<std::string>& headers) {
  const LawRequest request{flags.fit.law, flags.fit.overrides, !flags.fit.linear_residual,
                           flags.read.response};
  if (!is_formula(request.text)) return choose_law(request, {});
  return choose_law(request, headers);
}

}  // namespace

FittedRuns fit_asked(FitFlags& flags) {
  const CsvTable table = read_table(flags.paths, flags.read);
  LawEntry law = asked_law(flags, table.names());
  read_for(law, flags.read);
  FittedRuns out;
  out.runs = runs_of(table, flags.read);
  if (!law.log_residual) law = scaled_to(law, out.runs);
  Progress progress("bootstrap");
  flags.fit.progress = [&](int done, int all) { progress.show(done, all); };
  out.fit = fit(out.runs, std::make_shared<const LawEntry>(std::move(law)), flags.fit);
  progress.clear();
  return out;
}

}  // namespace isoloss
