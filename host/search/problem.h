// Runs as the search sees them: logs in padded arrays, relative to their means.

#pragma once

#include <cstdint>
#include <vector>

#include "fits/objective.h"
#include "host/reading/run_table.h"
#include "host/registry.h"
#include "host/search/aligned.h"

namespace isoloss {

class Problem {
 public:
  // The logs are taken relative to their means over the runs.
  explicit Problem(const RunTable& table);
  Problem(const std::vector<double>& params, const std::vector<double>& tokens,
          const std::vector<double>& loss, const std::vector<double>& weights);

  // The same runs relative to another centre; a centre of 0 leaves log N or log D as it is.
  Problem with_centre(const Centre& centre) const;

  RunsView view() const;
  const Centre& centre() const { return centre_; }

 private:
  int num_runs_ = 0;
  Centre centre_{};
  AlignedDoubles log_N_, log_D_, log_loss_, weight_;  // padded, see RunsView
};

// The runs of one resample: those with a weight, packed together. One object is reused for many.
class WeightedRuns {
 public:
  explicit WeightedRuns(const RunsView& runs);

  // Multiplies each run's weight by the count of its unit and drops the runs that are left with 0.
  //   counts  by unit; unit: by run, null: the run is its own unit
  const RunsView& select(const std::uint16_t* counts, const std::uint32_t* unit);

 private:
  const RunsView runs_;
  RunsView packed_{};
  AlignedDoubles log_N_, log_D_, log_loss_, weight_;
};

}  // namespace isoloss
