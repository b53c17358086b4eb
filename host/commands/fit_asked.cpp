#include "host/commands/fit_asked.h"

#include <memory>

#include "host/base/file_bytes.h"
#include "host/base/progress.h"
#include "host/laws/law_choice.h"
#include "host/reading/csv.h"

namespace isoloss {
namespace {

// A formula's names are looked up in the file's header.
LawEntry asked_law(const FitFlags& flags, const std::string& bytes) {
  const LawRequest request{flags.fit.law, flags.fit.overrides, !flags.fit.linear_residual,
                           flags.read.response};
  if (!is_formula(request.text)) return choose_law(request, {});
  return choose_law(request, parse_csv(bytes, flags.path).names());
}

}  // namespace

FittedRuns fit_asked(FitFlags& flags) {
  const std::string bytes = read_file(flags.path);
  LawEntry law = asked_law(flags, bytes);
  read_for(law, flags.read);
  FittedRuns out;
  out.runs = parse_runs(bytes, flags.path, flags.read);
  if (!law.log_residual) law = scaled_to(law, out.runs);
  Progress progress("bootstrap");
  flags.fit.progress = [&](int done, int all) { progress.show(done, all); };
  out.fit = fit(out.runs, std::make_shared<const LawEntry>(std::move(law)), flags.fit);
  progress.clear();
  return out;
}

}  // namespace isoloss
