#include "host/commands/asked_fit.h"

#include "host/base/progress.h"

namespace isoloss {

FittedLaw asked_fit(const std::vector<std::string>& paths, const FitFlags& flags,
                    const std::vector<double>& budgets) {
  Progress progress("bootstrap");
  FitOptions options = flags.fit_options();
  options.compute = budgets;
  options.progress = [&](int done, int all) { progress.show(done, all); };
  FittedLaw out = fit(RunSource{paths, flags.read_options()}, options);
  progress.clear();
  return out;
}

}  // namespace isoloss
