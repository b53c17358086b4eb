// From a file of runs to columns of numbers.

#pragma once

#include <string>
#include <string_view>

#include "host/reading/read_options.h"
#include "host/reading/run_table.h"

namespace isoloss {

// Reads a CSV or TSV file of runs.
//
//   path     file with a header row; see README, "The file of runs"
//   returns  the kept runs with what was read from where, dropped and noticed
//   throws   InputError with file, line, column, offending text and advice
//   cost     one pass over the file
RunTable read_runs(const std::string& path, const ReadOptions& options = {});

// The same from the bytes of a file; `path` is only for messages.
RunTable parse_runs(std::string_view bytes, const std::string& path,
                    const ReadOptions& options = {});

}  // namespace isoloss
