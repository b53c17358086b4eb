// Every refit of a bootstrap at once, which is for tests: there may be millions.

#pragma once

#include <vector>

#include "host/fit/bootstrap.h"

namespace isoloss {

inline std::vector<PolishedFit> all_refits(Bootstrap& bootstrap, const FitOptions& options) {
  std::vector<PolishedFit> out;
  bootstrap.give(options.all_resamples(), [&](std::span<const PolishedFit> fits) {
    out.insert(out.end(), fits.begin(), fits.end());
  });
  return out;
}

}  // namespace isoloss
