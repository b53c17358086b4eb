// Shorthand for tests that read runs from a text.

#pragma once

#include <string>
#include <vector>

#include "host/reading/read_runs.h"
#include "tests/input_error.h"

namespace isoloss {

using Numbers = std::vector<double>;

// The text as file x.csv.
inline RunTable parse(const std::string& bytes, const ReadOptions& options = {}) {
  return parse_runs(bytes, "x.csv", options);
}

// Its refusal; "accepted" if there is none.
inline std::string refused(const std::string& bytes, const ReadOptions& options = {}) {
  return refusal([&] { parse(bytes, options); });
}

// Text of the warning of that name, as the command line shows it; "none" if it is not given.
inline std::string warning(const RunTable& table, const std::string& name) {
  for (const Warning& given : table.warnings) {
    if (given.name == name) return as_flags(given.text);
  }
  return "none";
}

}  // namespace isoloss
