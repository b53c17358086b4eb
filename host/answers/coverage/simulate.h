// Runs as a law, a design and a noise would give them: to try a method on what is known.

#pragma once

#include <cstdint>
#include <optional>

#include "host/answers/coverage/noise.h"
#include "host/answers/fitted_law.h"

namespace isoloss {

struct Simulated {
  FittedLaw truth;
  Noise noise;
  std::uint64_t seed = 1;
  std::uint64_t set = 0;
  RunTable runs;  // the design's, with the response that was drawn

  Outcome outcome() const { return truth.outcome(); }
};

// Set `set` of what coverage() of host/answers/coverage/coverage.h simulates with that seed.
//
//   truth   of options.law; without it the fit to the runs
//   throws  as coverage() does
//   cost    a fit without bootstrap
Simulated simulate(const RunSource& source, const Noise& noise, std::uint64_t set,
                   const std::optional<FittedLaw>& truth, const FitOptions& options = {});

}  // namespace isoloss
