#include "host/answers/fit_runs.h"

#include <memory>

#include "host/base/file_bytes.h"
#include "host/fit/fit.h"
#include "host/laws/law_choice.h"
#include "host/reading/csv.h"
#include "host/reading/read_runs.h"

namespace isoloss {
namespace {

// A formula's names are looked up in the file's header.
LawEntry asked_law(const std::string& bytes, const std::string& path, const ReadOptions& read,
                   const FitOptions& options) {
  const LawRequest request{options.law, options.overrides, !options.linear_residual, read.response};
  if (!is_formula(request.text)) return choose_law(request, {});
  return choose_law(request, parse_csv(bytes, path).names());
}

}  // namespace

FittedRuns fit_runs(const std::string& path, ReadOptions read, const FitOptions& options) {
  const std::string bytes = read_file(path);
  LawEntry law = asked_law(bytes, path, read, options);
  read_for(law, read);
  FittedRuns out;
  out.runs = parse_runs(bytes, path, read);
  if (!law.log_residual) law = scaled_to(law, out.runs);
  out.fit = fit(out.runs, std::make_shared<const LawEntry>(std::move(law)), options);
  return out;
}

}  // namespace isoloss
