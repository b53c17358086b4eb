// From a file of runs to columns of numbers.

#pragma once

#include <string>
#include <string_view>

#include "host/reading/csv.h"
#include "host/reading/read_options.h"
#include "host/reading/run_table.h"

namespace isoloss {

// Reads a file of runs.
//
//   path     CSV, TSV or JSON with names, compressed by gzip or not; see docs/file-of-runs.md
//   returns  the kept runs with what was read from where, dropped and noticed
//   throws   InputError with file, line, column, offending text and advice
//   cost     one pass over the file
RunTable read_runs(const std::string& path, const ReadOptions& options = {});

// The same from the bytes of a file; `path` is only for messages.
RunTable parse_runs(std::string_view bytes, const std::string& path,
                    const ReadOptions& options = {});
// The same from a table that is prepared: host/reading/run_files.h.
RunTable runs_of(const CsvTable& csv, const ReadOptions& options);

}  // namespace isoloss
