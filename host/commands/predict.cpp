#include "host/answers/predict/asked_runs.h"
#include "host/base/error.h"
#include "host/commands/commands.h"
#include "host/commands/reading_flags.h"
#include "host/report/prediction.h"

namespace isoloss {
namespace {

struct PredictFlags {
  std::vector<std::string> paths;  // of runs
  std::string fit_path, draws_path;
  std::string params, tokens;  // as typed
  AskedRuns asked;
  ReadingFlags reading;
  const CommandLine* line = nullptr;

  void add(CommandLine& to);
};

void PredictFlags::add(CommandLine& to) {
  line = &to;
  CLI::App& command = to.app();
  to.input("--fit", fit_path, "What isoloss fit --json wrote")->required()->type_name("FIT.json");
  to.inputs("runs", paths, "Files of runs; their loss may be absent")->type_name("RUNS.csv");
  command
      .add_option("--input", asked.inputs,
                  "Instead of a file, values of what the law reads: params=7e9,70e9")
      ->type_name("NAME=VALUE[,...]");
  command.add_option("--params", params, "The same as --input params=")->type_name("N[,...]");
  command.add_option("--tokens", tokens, "The same as --input tokens=")->type_name("D[,...]");
  command.add_option("--steps", asked.steps, "Steps of the curve under --schedule")
      ->delimiter(',')
      ->type_name("STEP[,...]");
  to.input("--draws", draws_path,
           "What isoloss fit --draws wrote beside the JSON: gives intervals");
  to.output("--csv", "Write every row as CSV");
  reading.add(to);
}

// A flag that nothing would come of is not passed over.
void refuse_unused(const PredictFlags& flags) {
  const bool is_asked = !flags.asked.inputs.empty() || !flags.asked.steps.empty() ||
                        !flags.params.empty() || !flags.tokens.empty();
  if (!flags.paths.empty()) {
    require(!is_asked, "a file of runs and values of inputs", "give one of the two");
    flags.reading.require_no_weights("a prediction");
    require(flags.reading.group.empty(), "a prediction resamples no runs", "leave out --group");
    return;
  }
  for (const std::string& name : flags.line->given_in(kReadingGroup))
    require(name == "--schedule", name + " goes with a file of runs",
            "values of inputs are taken as they are");
}

NewRuns new_runs_of(const PredictFlags& flags, const FittedLaw& fit) {
  if (!flags.paths.empty()) return read_new_runs({flags.paths, flags.reading.options(), {}}, fit);
  AskedRuns asked = flags.asked;
  asked.schedule = flags.reading.schedule;
  if (!flags.params.empty()) asked.inputs.push_back("N=" + flags.params);
  if (!flags.tokens.empty()) asked.inputs.push_back("D=" + flags.tokens);
  return runs_asked(asked, fit.law);
}

Outcome answer(const PredictFlags& flags, Documents& out) {
  refuse_unused(flags);
  const FittedLaw fit = load_fit(flags.fit_path, flags.draws_path);
  const Predictions got = predict(fit, new_runs_of(flags, fit));
  out.file("--csv", [&](const std::string&) { return prediction_csv(fit, got); });
  out.answer([&] { return describe_prediction(fit, got); }, {}, {.warns = true});
  return got.outcome();
}

}  // namespace

Work predict_command(CommandLine& line) { return work_of<PredictFlags>(line, answer); }

}  // namespace isoloss
