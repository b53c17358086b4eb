// Columns that a file does not have and a formula gives: --column tokens='step*batch_size*seq_len'.

#pragma once

#include "host/reading/csv.h"
#include "host/reading/read_options.h"

namespace isoloss {

// Adds a column, with the formula as its header, for every entry of options.column and for
// options.response that is no header but arithmetic. Names in it are headers, spelled exactly or as
// plain_name() equates; a cell that is missing makes the result missing.
//
//   throws  InputError for a formula that is none, a name that is no header, a cell that is no
//   number
void add_computed_columns(CsvTable& csv, const ReadOptions& options);

}  // namespace isoloss
