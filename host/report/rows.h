// The rows of a fit as a table: those that were fitted, then those that were left out.

#pragma once

#include <cstddef>
#include <string>

#include "host/fit/result.h"
#include "host/reading/run_table.h"

namespace isoloss {

// CSV with a header and 17 significant digits: the file if there are several, the line in it, the
// run if there are any, the law's inputs, the response, what the law says of it, the residual as it
// was fitted (predicted less observed, of logs if the law's are), the weight, and why the row was
// left out; of such a row the place and that alone.
std::string rows_csv(const RunTable& runs, const FitResult& fit);

// More rows are in no JSON of a fit.
inline constexpr std::size_t kMostJsonRows = 100'000;

// The same as columns of JSON, indented as a member of the outermost object, each column on one
// line; of the rows left out the places, as often as there are reasons in runs.dropped and in their
// order. Null for more than kMostJsonRows rows.
std::string rows_json(const RunTable& runs, const FitResult& fit);

}  // namespace isoloss
