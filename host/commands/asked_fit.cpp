#include "host/commands/asked_fit.h"

#include "host/base/progress.h"

namespace isoloss {

FittedRuns asked_fit(RunSource source, const FitFlags& flags, const std::vector<double>& budgets,
                     const ShardOptions& shards) {
  FitOptions options = flags.fit_options();
  options.compute = budgets;
  options.shards = shards;
  options.progress = [](int done, int all) { tell_progress("bootstrap", done, all); };
  source.read = flags.read_options();
  return fit_runs(source, options);
}

}  // namespace isoloss
