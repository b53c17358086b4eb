#include "host/report/coverage.h"

#include "host/base/error.h"
#include "host/commands/commands.h"
#include "host/commands/interval_flags.h"
#include "host/commands/optimum_flags.h"
#include "host/commands/shard_flags.h"
#include "host/commands/simulation_flags.h"

namespace isoloss {
namespace {

// A quarter of a report's are enough to count what intervals hold.
constexpr int kResamples = 999;

struct CoverageFlags {
  int num_sets = 200;
  SimulationFlags simulation;
  ShardFlags shard;
  IntervalFlags intervals;

  void add(CommandLine& to);
};

void CoverageFlags::add(CommandLine& to) {
  simulation.fit.fitting.fit.num_resamples = kResamples;
  simulation.add(to);
  to.json()->group(kRunningGroup);
  shard.add(to);
  intervals.add(to, "Count these beside percentile alone; else all but constrained profiles")
      ->group("What is simulated");
  CLI::Option* sets = to.app().add_option("--sets", num_sets, "Sets of runs to simulate and fit");
  sets->capture_default_str()->type_name("NUM")->group("What is simulated");
  checked<int>(sets, [](int num) {
    require(num >= 10 && num <= 1000000, "--sets must be from 10 to 1000000",
            "200 tell a coverage within 1.5 points, 2000 within half a point");
  });
}

Outcome answer(const CoverageFlags& flags, Documents& out) {
  FitOptions options = flags.simulation.fit.fit_options();
  for (const std::string& text : flags.simulation.fit.budgets.compute)
    options.compute.push_back(budget_flops(text));
  require(options.num_resamples > 0, "without a bootstrap there is nothing to count",
          "leave out --bootstrap 0; 999 are the usual number");
  const Coverage got =
      coverage(flags.simulation.source(),
               {parse_noise(flags.simulation.noise), flags.num_sets, flags.simulation.truth(),
                flags.shard.options(), flags.intervals.methods()},
               options);
  if (got.shard) return flags.shard.fill(*got.shard, out);
  out.answer([&] { return describe_coverage(got); }, [&] { return coverage_json(got); });
  return got.outcome();
}

}  // namespace

Work coverage_command(CommandLine& line) { return work_of<CoverageFlags>(line, answer); }

}  // namespace isoloss
