// Whether a race mixes what differs in more than size.

#pragma once

#include <optional>

#include "host/base/status.h"
#include "host/reading/csv.h"
#include "host/reading/run_table.h"

namespace isoloss {

// Warns of a column of families, data sets or recipes that has several values among the runs.
//
//   csv   the file that the runs were read from
std::optional<Warning> mixed_groups(const CsvTable& csv, const RunTable& runs);

}  // namespace isoloss
