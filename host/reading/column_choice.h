// Which column of a file is read as what.

#pragma once

#include "host/reading/columns.h"
#include "host/reading/csv.h"
#include "host/reading/read_options.h"

namespace isoloss {

// Chooses the columns of the inputs, the response, weights and the run. What options.column names
// is taken; an empty name there leaves a quantity of the file unread. Else a header that is the
// quantity's name wins over its symbol, and the symbol over the other usual names. Where two of
// params, tokens and flops are inputs all three are read or derived; where one is, the others are
// as far as every row of the file has them.
//
//   throws  InputError if two headers are equally good, if an input or the response is neither
//   there
//           nor derived, or if options name a column or quantity that does not exist
Columns choose_columns(const CsvTable& csv, const ReadOptions& options);

}  // namespace isoloss
