// Rows that ask the law the same.

#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "host/laws/law_entry.h"
#include "host/reading/run_table.h"

namespace isoloss {

struct RepeatedRuns {
  // Rows whose inputs and response are those of one before them, by their place in the table.
  std::vector<std::size_t> copies;
  // Without those, rows that share their inputs with others: how many, and of how many settings.
  std::size_t num_replicates = 0;
  std::size_t num_settings = 0;
  // How far replicates differ: the pooled standard deviation of the log of the response, or of the
  // response itself where the law is compared with that.
  std::optional<double> deviation;
};

RepeatedRuns repeated_runs(const RunTable& runs, const LawEntry& law);

}  // namespace isoloss
