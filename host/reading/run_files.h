// From files to one table of runs.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "host/reading/csv.h"
#include "host/reading/read_options.h"

namespace isoloss {

// The table of one file's bytes: CSV, JSON, or either of them compressed by gzip.
CsvTable parse_table(std::string bytes, const std::string& path);

// Adds the sizes and the computed columns of the options, and makes rows of a chart.
void prepare(CsvTable& csv, const ReadOptions& options);

// The rows of several files one under the other. Names may hold * ? and [] as a shell has them; `-`
// is standard input. Columns are matched by their headers; what a file lacks is missing in its
// rows. Several files get a column `file`, unless there is one. The table is prepared.
//
//   throws  InputError if a file is absent or wrong, or no file matches
CsvTable read_table(const std::vector<std::string>& paths, const ReadOptions& options);

}  // namespace isoloss
