// Parts of a fit's report: what it says of the runs, and the table of parameters.

#pragma once

#include <string>

#include "host/fit/result.h"
#include "host/laws/law_entry.h"
#include "host/reading/run_table.h"
#include "host/report/document.h"

namespace isoloss {

// "240 of 245 runs", "N 57.9M .. 16.2B", "D ..."; with the range of C where a law reads N and D,
// and that of a response other than the loss.
Facts run_ranges(const RunTable& runs, const LawEntry& law);

// "log L", "log accuracy" or, of linear residuals, "L" and "accuracy".
std::string residual_name(const RunTable& runs, const LawEntry& law);

// One row a parameter, with the intervals that the fit has. Beside two intervals there may be no
// room left for what the parameters mean.
Table params_table(const FitResult& fit);

// A row a quantity and method of options.intervals that gave one, and why others did not.
Section intervals_section(const FitResult& fit);

}  // namespace isoloss
