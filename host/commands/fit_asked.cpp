#include "host/commands/fit_asked.h"

#include "host/base/progress.h"

namespace isoloss {

FittedLaw fit_asked(const FitFlags& flags) {
  Progress progress("bootstrap");
  FitOptions options = flags.fit;
  options.progress = [&](int done, int all) { progress.show(done, all); };
  FittedLaw out = fit(RunSource{flags.paths, flags.read}, options);
  progress.clear();
  return out;
}

}  // namespace isoloss
