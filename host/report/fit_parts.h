// Parts of a fit's report: what it says of the runs, and the table of parameters.

#pragma once

#include <string>

#include "host/fit/result.h"
#include "host/laws/law_entry.h"
#include "host/reading/run_table.h"

namespace isoloss {

// "240 of 245 runs   N 57.9M .. 16.2B   D ..." in lines of at most `width`; with the range of C
// where a law reads N and D, and that of a response other than the loss.
std::string run_ranges(const RunTable& runs, const LawEntry& law, std::size_t width);

// "log L", "log accuracy" or, of linear residuals, "L" and "accuracy".
std::string residual_name(const RunTable& runs, const LawEntry& law);

// One row a parameter, with the intervals that the fit has, at most `width` columns wide; ends with
// an empty line. Beside two intervals there may be no room left for what the parameters mean.
std::string params_table(const FitResult& fit, std::size_t width);

}  // namespace isoloss
