// Fits of the small files in tests/cases/, asked for as a user does.

#pragma once

#include <memory>
#include <string>
#include <vector>

#include "host/commands/option_names.h"
#include "host/fit/fit.h"
#include "host/laws/law_choice.h"
#include "host/reading/csv.h"
#include "host/reading/read_runs.h"
#include "tests/test_files.h"

namespace isoloss {

struct CaseQuestion {
  std::string file;  // of tests/cases/
  std::string law;
  std::string response;
  ResidualKind objective = ResidualKind::squared;
  bool linear_residual = false;
  std::vector<std::string> bounds{};
  double response_factor = 1;
  int num_resamples = 0;
};

inline FitResult fit_case(const CaseQuestion& asked) {
  const std::string bytes = test_file("cases/" + asked.file);
  const std::vector<std::string> none;
  FitOptions options;
  options.num_resamples = asked.num_resamples;
  options.residual_loss.kind = asked.objective;
  const LawRequest request{asked.law, parse_overrides(asked.bounds, none, none),
                           !asked.linear_residual, asked.response};
  LawEntry law = choose_law(request, parse_csv(bytes, asked.file).names());
  ReadOptions reading;
  reading.response = asked.response;
  read_for(law, reading);
  RunTable runs = parse_runs(bytes, asked.file, reading);
  for (double& y : runs.loss) y *= asked.response_factor;
  if (!law.log_residual) law = scaled_to(law, runs);
  return fit(runs, std::make_shared<const LawEntry>(law), options);
}

inline const ParamEstimate& param_of(const FitResult& fit, const std::string& name) {
  for (const ParamEstimate& param : fit.params)
    if (param.name == name) return param;
  throw std::runtime_error("no parameter " + name);
}

// Text of the warning of that name, as the command line shows it; empty if it is not given.
inline std::string warning_of(const FitResult& fit, const std::string& name) {
  for (const Warning& warning : fit.warnings)
    if (warning.name == name) return as_flags(warning.text);
  return "";
}

}  // namespace isoloss
