// Columns in memory -> a table of them, without a file between.

#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "host/base/column_bytes.h"
#include "host/reading/csv.h"

namespace isoloss {

// Whether nothing in the columns has to be interpreted: all numbers are zero or normal, and names
// and texts are there, in UTF-8, on one line and without blanks at their ends. Others are read as
// the file that column_bytes() makes of them.
bool are_plain(std::span<const MemoryColumn> columns, std::size_t num_rows);

// The table of plain columns, equal to that of parse_csv(column_bytes(...)): row i on line i + 2.
//
//   throws  InputError if there is no row, or two names are the same
//   cost    a copy of what is there
CsvTable memory_table(std::span<const MemoryColumn> columns, std::size_t num_rows,
                      const std::string& path);

}  // namespace isoloss
