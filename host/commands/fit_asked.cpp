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

struct Asked {
  LawEntry law;
  RunTable runs;
};

// The table of the file is gone before the fit begins.
Asked read_asked(FitFlags& flags) {
  const CsvTable table = read_table(flags.paths, flags.read);
  LawEntry law = asked_law(flags, table.names());
  read_for(law, flags.read);
  return {std::move(law), runs_of(table, flags.read)};
}

}  // namespace

FittedRuns fit_asked(FitFlags& flags) {
  auto [law, runs] = read_asked(flags);
  FittedRuns out;
  out.runs = std::move(runs);
  if (!law.log_residual) law = scaled_to(law, out.runs);
  Progress progress("bootstrap");
  flags.fit.progress = [&](int done, int all) { progress.show(done, all); };
  out.fit = fit(out.runs, std::make_shared<const LawEntry>(std::move(law)), flags.fit);
  progress.clear();
  return out;
}

}  // namespace isoloss
