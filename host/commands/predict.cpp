#include <fmt/format.h>

#include <cstdio>
#include <memory>

#include "host/answers/predict/asked_runs.h"
#include "host/base/error.h"
#include "host/base/output_file.h"
#include "host/base/warnings.h"
#include "host/commands/commands.h"
#include "host/commands/reading_flags.h"
#include "host/laws/law_choice.h"
#include "host/reading/read_runs.h"
#include "host/report/prediction.h"

namespace isoloss {
namespace {

struct PredictFlags : ReadingFlags {
  std::string fit_path, path, draws_path, csv_path;
  std::string params, tokens;  // as typed
  AskedRuns asked;
};

NewRuns runs_of(PredictFlags& flags, const FittedLaw& fit, std::vector<Warning>& warnings) {
  if (flags.path.empty()) {
    flags.asked.schedule = flags.schedule;
    if (!flags.params.empty()) flags.asked.inputs.push_back("N=" + flags.params);
    if (!flags.tokens.empty()) flags.asked.inputs.push_back("D=" + flags.tokens);
    return runs_asked(flags.asked, fit.law);
  }
  resolve_reading_flags(flags);
  read_for(fit.law, flags.read);
  if (flags.read.response.empty() && fit.response != "loss") flags.read.response = fit.response;
  flags.read.needs_response = false;
  const RunTable table = read_runs(flags.path, flags.read);
  warnings = table.warnings;
  return new_runs(table, fit.law);
}

// What the fit's own report says against it.
void add_doubts(const FittedLaw& fit, std::vector<Warning>& out) {
  for (const Warning& own : fit.warnings)
    if (status_called(own.name) || own.name == code_of<"intervals_withheld">) out.push_back(own);
}

int run_predict(PredictFlags flags) {
  const bool is_asked = !flags.asked.inputs.empty() || !flags.asked.steps.empty() ||
                        !flags.params.empty() || !flags.tokens.empty();
  if (!flags.path.empty() && is_asked)
    throw InputError("", 0, "", "a file of runs and values of inputs", "give one of the two");
  const FittedLaw fit = load_fit(flags.fit_path, flags.draws_path);
  const auto csv = flags.csv_path.empty() ? nullptr : std::make_unique<OutputFile>(flags.csv_path);
  std::vector<Warning> warnings;
  const NewRuns runs = runs_of(flags, fit, warnings);
  add_doubts(fit, warnings);
  Predictions predictions = predict(fit, runs);
  predictions.warnings.insert(predictions.warnings.begin(), warnings.begin(), warnings.end());
  if (csv != nullptr) csv->commit(prediction_csv(fit, runs, predictions));
  if (flags.csv_path != "-")
    OutputFile("-").commit(prediction_report(fit, runs, predictions));
  else
    for (const Warning& own : predictions.warnings) fmt::print(stderr, "{}\n", warning_line(own));
  return fit.outcome() == Outcome::sound ? 0 : 1;
}

}  // namespace

void add_predict_command(CLI::App& app, Command& chosen) {
  CLI::App* command = app.add_subcommand(
      "predict", "Predict new runs, or a curve under another schedule, with a saved fit");
  auto flags = std::make_shared<PredictFlags>();
  command->add_option("--fit", flags->fit_path, "What isoloss fit --json wrote")
      ->required()
      ->type_name("FIT.json");
  command->add_option("runs", flags->path, "CSV or TSV file of runs; its loss may be absent")
      ->type_name("RUNS.csv");
  command
      ->add_option("--input", flags->asked.inputs,
                   "Instead of a file, values of what the law reads: params=7e9,70e9")
      ->type_name("NAME=VALUE[,...]");
  command->add_option("--params", flags->params, "The same as --input params=")
      ->type_name("N[,...]");
  command->add_option("--tokens", flags->tokens, "The same as --input tokens=")
      ->type_name("D[,...]");
  command->add_option("--steps", flags->asked.steps, "Steps of the curve under --schedule")
      ->delimiter(',')
      ->type_name("STEP[,...]");
  command
      ->add_option("--draws", flags->draws_path,
                   "What isoloss fit --draws wrote beside the JSON: gives intervals")
      ->type_name("FILE");
  command->add_option("--csv", flags->csv_path, "Write every row as CSV; - is standard output")
      ->type_name("FILE");
  add_reading_flags(*command, *flags);
  command->callback([&chosen, flags] { chosen = [flags] { return run_predict(*flags); }; });
}

}  // namespace isoloss
