// The runs of Hoffmann et al. 2022, figure 4, for tests.

#pragma once

#include <string>

#include "host/reading/read_runs.h"

namespace isoloss {

inline RunTable figure4(std::size_t drop_highest_loss = 5) {
  ReadOptions options;
  options.drop_highest_loss = drop_highest_loss;
  return read_runs(ISOLOSS_SOURCE "/datasets/chinchilla_figure4.csv", options);
}

// The runs at the given rows, in that order, rows repeated as often as they are named.
inline RunTable rows_of(const RunTable& runs, const std::vector<std::size_t>& rows) {
  RunTable out = picked_rows(runs, rows);
  out.run.clear();  // a row that is named twice is two runs
  return out;
}

}  // namespace isoloss
