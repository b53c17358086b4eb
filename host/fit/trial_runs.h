// Runs that nobody made: inputs drawn independently, to ask what a law could tell of other designs.

#pragma once

#include <vector>

#include "host/base/aligned.h"
#include "host/laws/law_entry.h"

namespace isoloss {

class TrialRuns {
 public:
  // As many runs as are asked for; every input over the range that it has in `runs`, evenly in its
  // log where that is how the law sees it or all are positive.
  TrialRuns(const LawEntry& law, const RunsView& runs, int num_runs);

  // Draws input k anew over a range `times` as long about the same middle.
  void draw(int k, double times);
  // Takes input k from the runs again, which are repeated as often as needed.
  void take(int k);
  // Multiplies input k by e^shift.
  void scale(int k, double shift);

  // Whether scale() has a meaning for input k: all its runs are positive.
  bool is_positive(int k) const;
  RunsView view() const;

 private:
  bool is_log(int k) const;
  double* input(int k) { return inputs_.data() + static_cast<std::size_t>(k) * num_padded_; }

  const LawEntry& law_;
  const RunsView runs_;
  std::size_t num_padded_;
  AlignedDoubles inputs_, zeros_, ones_;
};

}  // namespace isoloss
