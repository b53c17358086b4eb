// What a reader should be told about a file that was read without an error.

#pragma once

#include <vector>

#include "host/reading/row_filter.h"
#include "host/reading/row_reader.h"
#include "host/reading/run_table.h"

namespace isoloss {

// The warnings that are due, in the order of host/reading/reading_warnings.h. `rows` are the rows
// of the file that `table` holds, in its order.
std::vector<Warning> check_reading(const RunTable& table, const RowReader& reader,
                                   const std::vector<std::size_t>& rows);

}  // namespace isoloss
