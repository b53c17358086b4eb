// Planted runs as a source of runs: through the text of a file, as a user's come.

#pragma once

#include <fmt/format.h>

#include <memory>
#include <string>

#include "host/answers/fitted_law.h"
#include "host/reading/run_files.h"

namespace isoloss {

inline RunSource source_of(const std::string& csv) {
  RunSource out;
  out.table = std::make_shared<const CsvTable>(parse_table(csv, "planted.csv"));
  return out;
}

// Of N, D and the loss.
inline RunSource source_of(const RunTable& runs) {
  std::string csv = "params,tokens,loss\n";
  for (std::size_t i = 0; i < runs.num_runs(); ++i)
    csv += fmt::format("{},{},{}\n", runs.params[i], runs.tokens[i], runs.loss[i]);
  return source_of(csv);
}

}  // namespace isoloss
