#include "host/commands/asked_fit.h"

#include "host/base/progress.h"

namespace isoloss {

FittedRuns asked_fit(RunSource source, const FitFlags& flags, const std::vector<double>& budgets,
                     const ShardOptions& shards) {
  Progress progress("bootstrap");
  FitOptions options = flags.fit_options();
  options.compute = budgets;
  options.shards = shards;
  options.progress = [&](int done, int all) { progress.show(done, all); };
  source.read = flags.read_options();
  FittedRuns out = fit_runs(source, options);
  progress.clear();
  return out;
}

}  // namespace isoloss
