
#include <memory>

#include "host/base/call.h"
#include "host/base/output_file.h"
#include "host/commands/commands.h"
#include "host/commands/fit_asked.h"
#include "host/report/draws.h"
#include "host/report/fit.h"

namespace isoloss {
namespace {

std::unique_ptr<OutputFile> open_output(const std::string& path) {
  return path.empty() ? nullptr : std::make_unique<OutputFile>(path);
}

int run_fit(FitFlags flags) {
  resolve_fit_flags(flags);
  const std::unique_ptr<OutputFile> json = open_output(flags.json_path);
  std::vector<std::unique_ptr<OutputFile>> draws;
  for (const std::string& path : flags.draws_paths) draws.push_back(open_output(path));

  const FittedLaw law = fit_asked(flags);
  const auto& [runs, result] = *law.made;
  if (json != nullptr) json->commit(json_report(runs, result));
  for (std::size_t i = 0; i < draws.size(); ++i) {
    const bool npy = flags.draws_paths[i].ends_with(".npy");
    draws[i]->commit(npy ? npy_draws(result) : csv_draws(result));
  }
  if (flags.quiet || flags.json_path == "-") {
    print_error(warning_lines(result));
  } else {
    OutputFile("-").commit(text_report(runs, result));
  }
  return law.outcome() == Outcome::sound ? 0 : 1;
}

}  // namespace

void add_fit_command(CLI::App& app, Command& chosen) {
  CLI::App* command = app.add_subcommand(
      "fit", "Fit a law to a file of runs: best fit, intervals, compute-optimal model");
  auto flags = std::make_shared<FitFlags>();
  add_fit_flags(*command, *flags);
  command->callback([&chosen, flags] { chosen = [flags] { return run_fit(*flags); }; });
}

}  // namespace isoloss
