// Which rows of a file are kept: --where, --drop-missing.

#pragma once

#include <cstddef>
#include <vector>

#include "host/reading/read_options.h"
#include "host/reading/row_reader.h"
#include "host/reading/run_table.h"

namespace isoloss {

struct KeptRows {
  std::vector<std::size_t> rows;  // rows of the table, in order of the file
  std::vector<Dropped> dropped;
};

// Rows for which options.where holds and whose quantities are all there. A row that fails the
// condition is never looked at again, so its other cells may hold anything.
//
//   throws  InputError if the condition is wrong, a cell that matters is no number, a value is
//           missing and options.drop_missing is off, or if no row is left
KeptRows filter_rows(RowReader& reader, const ReadOptions& options);

}  // namespace isoloss
