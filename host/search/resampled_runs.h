// The runs of one resample after another, as every engine draws them.

#pragma once

#include <vector>

#include "fits/random.h"
#include "host/search/problem.h"

namespace isoloss {

// One object is reused for many resamples, by one thread.
class ResampledRuns {
 public:
  // unit: by run, of num_units; strata: null or num_units. All must outlive it.
  ResampledRuns(const RunsView& runs, int num_inputs, const std::uint32_t* unit, int num_units,
                const Stratum* strata)
      : selected_(runs, num_inputs),
        unit_(unit),
        strata_(strata),
        counts_(static_cast<std::size_t>(num_units)) {}
  // Each run is a unit of its own.
  ResampledRuns(const RunsView& runs, int num_inputs)
      : ResampledRuns(runs, num_inputs, nullptr, runs.num_runs, nullptr) {}

  // Valid until the next draw. See resample_counts of fits/random.h.
  const RunsView& draw(std::uint64_t seed, std::uint64_t resample) {
    resample_counts(seed, resample, static_cast<std::uint32_t>(counts_.size()), counts_.data(),
                    strata_);
    return selected_.select(counts_.data(), unit_);
  }

 private:
  WeightedRuns selected_;
  const std::uint32_t* unit_;
  const Stratum* strata_;
  std::vector<std::uint16_t> counts_;
};

}  // namespace isoloss
