// Runs as the search for one law sees them: its inputs in padded arrays, relative to their means
// where the law says how it shifts.

#pragma once

#include <cstdint>
#include <vector>

#include "fits/objective.h"
#include "host/base/aligned.h"
#include "host/laws/law_entry.h"
#include "host/reading/run_table.h"

namespace isoloss {

class Problem {
 public:
  // The table must have every input of the law. The target is the log of the response, relative to
  // its mean where the law says how it shifts, or the response in the law's unit where the law has
  // linear residuals.
  Problem(const RunTable& table, const LawEntry& law, double over_penalty = 1);

  // The same runs relative to another centre; a centre of 0 leaves an input as it is. A response
  // that is compared as it is keeps its unit.
  Problem with_centre(const Centre& centre) const;

  // Fewer of its runs, in order: one by chance of each of `num` equal parts. The centre stays.
  Problem thinned(int num) const;

  RunsView view() const;
  const Centre& centre() const { return centre_; }

 private:
  Problem() = default;
  double* input(std::size_t k) { return inputs_.data() + k * target_.size(); }

  int num_runs_ = 0;
  double over_penalty_ = 1;  // of the objective, see fits/residual_loss.h
  bool is_log_ = true;       // the target is the log of the response
  Centre centre_{};
  std::vector<int> centred_with_;  // of each input, as Input; -1: not centred
  AlignedDoubles inputs_;          // num_inputs x padded, see RunsView
  AlignedDoubles target_, weight_;
};

// The runs of one resample: those with a weight, packed together. One object is reused for many.
class WeightedRuns {
 public:
  WeightedRuns(const RunsView& runs, int num_inputs);

  // Multiplies each run's weight by the count of its unit and drops the runs that are left with 0.
  //   counts  by unit; unit: by run, null: the run is its own unit
  const RunsView& select(const std::uint16_t* counts, const std::uint32_t* unit);

 private:
  const RunsView runs_;
  const int num_inputs_;
  RunsView packed_{};
  AlignedDoubles inputs_, target_, weight_;
};

}  // namespace isoloss
