#include "host/answers/coverage/simulate.h"

#include "host/answers/coverage/design.h"
#include "host/answers/coverage/noise_draws.h"

namespace isoloss {
Simulated simulate(const RunSource& source, const Noise& noise, std::uint64_t set,
                   const std::optional<FittedLaw>& truth, const FitOptions& options) {
  const Design design = design_of(source, truth, options);
  const NoiseDraws draws(noise, *design.fitted.made, design.truth.theta());
  Simulated out{design.truth, noise, options.seed, set, design.fitted.made->runs};
  out.runs.loss = draws.draw(options.seed, set);
  return out;
}

}  // namespace isoloss
