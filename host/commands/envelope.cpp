#include "host/report/envelope.h"

#include "host/base/error.h"
#include "host/commands/commands.h"
#include "host/commands/common_flags.h"
#include "host/commands/fitting_flags.h"
#include "host/commands/optimum_flags.h"
#include "host/commands/reading_flags.h"

namespace isoloss {
namespace {

struct EnvelopeFlags {
  std::vector<std::string> paths;    // of curves
  std::vector<std::string> compute;  // as typed
  EnvelopeQuestion question;
  ReadingFlags reading;

  void add(CommandLine& line);
};

void EnvelopeFlags::add(CommandLine& line) {
  CLI::App& command = line.app();
  line.inputs("curves", paths, "Files of curves; rows of one run are one curve")
      ->required()
      ->type_name("CURVES.csv");
  CLI::Option* width =
      command
          .add_option("--width", question.half_width,
                      "Half width of the local lines that smooth the curves, in log compute")
          ->capture_default_str()
          ->type_name("W");
  checked<double>(width, [](double w) {
    require(w >= 0.01 && w <= 2, "--width must be between 0.01 and 2",
            "it is in log compute: 0.15 is 15 %");
  });
  command.add_option("--compute", compute, "Budgets in FLOP that the power laws are asked for")
      ->delimiter(',')
      ->type_name("C[,C...]");
  add_bootstrap(line, question.num_resamples, 20, 100'000);
  add_confidence(line, question.confidence);
  add_seed(line, question.seed, "Seed of the resamples");
  line.json();
  reading.add(line);
}

Outcome answer(const EnvelopeFlags& flags, Documents& out) {
  EnvelopeQuestion question = flags.question;
  for (const std::string& text : flags.compute) question.budgets.push_back(budget_flops(text));
  const ReadOptions read = flags.reading.options_of_curves("an envelope", "is of losses");
  const Envelope got = envelope({flags.paths, read, nullptr}, question);
  out.answer([&] { return describe_envelope(got); }, [&] { return envelope_json(got); });
  return got.outcome();
}

}  // namespace

Work envelope_command(CommandLine& line) { return work_of<EnvelopeFlags>(line, answer); }

}  // namespace isoloss
