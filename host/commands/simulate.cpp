#include "host/answers/coverage/simulate.h"

#include "host/base/error.h"
#include "host/commands/commands.h"
#include "host/commands/simulation_flags.h"
#include "host/report/coverage.h"

namespace isoloss {
namespace {

struct SimulateFlags {
  std::uint64_t set = 0;
  SimulationFlags simulation;
  const CommandLine* line = nullptr;

  void add(CommandLine& to);
};

void SimulateFlags::add(CommandLine& to) {
  line = &to;
  to.has_no_charts();
  simulation.add(to);
  const char* const in = "What is simulated";
  to.output("--csv", "The simulated runs, a file that isoloss fit reads; - for standard output")
      ->type_name("FILE.csv")
      ->group(in);
  to.app()
      .add_option("--set", set, "Which of the sets that isoloss coverage counts with this seed")
      ->check(whole_number())
      ->capture_default_str()
      ->type_name("NUM")
      ->group(in);
}

Outcome answer(const SimulateFlags& flags, Documents& out) {
  require(flags.line->given("--csv"), "where are the runs to go?", "--csv FILE.csv, or --csv -");
  require(!flags.line->given("--compute"), "--compute asks for optima, and a simulation gives none",
          "leave it out");
  const Simulated got =
      simulate(flags.simulation.source(), parse_noise(flags.simulation.noise), flags.set,
               flags.simulation.truth(), flags.simulation.fit.fit_options());
  out.file("--csv", [&](const std::string&) { return simulated_csv(got); });
  out.answer([&] { return describe_simulated(got); });
  return got.outcome();
}

}  // namespace

Work simulate_command(CommandLine& line) { return work_of<SimulateFlags>(line, answer); }

}  // namespace isoloss
