// The report on a terminal.

#pragma once

#include <string>

#include "host/fit/result.h"
#include "host/reading/run_table.h"

namespace isoloss {

// The whole report with its final newline, at most 100 columns wide.
std::string text_report(const RunTable& runs, const FitResult& fit);

// Its last part: the status, unless converged, and the warnings. Empty if there is nothing to say.
std::string warning_lines(const FitResult& fit);

}  // namespace isoloss
