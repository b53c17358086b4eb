#include "host/report/inspect.h"

#include "host/commands/commands.h"
#include "host/commands/fitting_flags.h"

namespace isoloss {
namespace {

struct InspectFlags {
  RunsFlags runs;

  void add(CommandLine& to);
};

// It looks before a fit: there are no intervals of resamples and no budgets.
void InspectFlags::add(CommandLine& to) {
  runs.add(to);
  for (const char* flag : {"--bootstrap", "--compute"})
    to.app().remove_option(to.app().get_option(flag));
}

Outcome answer(const InspectFlags& flags, Documents& out) {
  const Inspection got = inspect(flags.runs.source(), flags.runs.fit.fit_options());
  out.answer([&] { return describe_inspection(got); }, [&] { return inspection_json(got); });
  return got.outcome();
}

}  // namespace

Work inspect_command(CommandLine& line) { return work_of<InspectFlags>(line, answer); }

}  // namespace isoloss
