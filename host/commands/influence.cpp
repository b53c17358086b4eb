#include "host/report/influence.h"

#include "host/commands/commands.h"
#include "host/commands/fitting_flags.h"
#include "host/commands/optimum_flags.h"

namespace isoloss {
namespace {

struct InfluenceFlags {
  std::vector<std::string> each;  // as typed
  RunsFlags runs;

  void add(CommandLine& to);
};

void InfluenceFlags::add(CommandLine& to) {
  CLI::Option* kinds = to.app().add_option(
      "--each", each,
      "What is left out, one after another: row, size (rows of one N), run, file, or outliers, all "
      "together; without it what the runs have");
  kinds->delimiter(',')->type_name("WHAT[,WHAT...]")->group("What is left out");
  checked<std::string>(kinds, [](const std::string& text) { leave_out_called(text); });
  runs.add(to);
}

Outcome answer(const InfluenceFlags& flags, Documents& out) {
  InfluenceQuestion question;
  for (const std::string& name : flags.each) question.each.push_back(leave_out_called(name));
  FitOptions options = flags.runs.fit.fit_options();
  options.compute = flags.runs.fit.budgets.budgets();
  const Influence got = influence(flags.runs.source(), question, options);
  out.answer([&] { return describe_influence(got); }, [&] { return influence_json(got); });
  return got.outcome();
}

}  // namespace

Work influence_command(CommandLine& line) { return work_of<InfluenceFlags>(line, answer); }

}  // namespace isoloss
