// Rows that ask a law the same.

#pragma once

#include <cstddef>
#include <vector>

#include "host/laws/law_entry.h"
#include "host/reading/run_table.h"

namespace isoloss {

// Places of the rows that share all of the law's inputs, those of a learning rate too; settings by
// their inputs, rows in their order. cost: a sort of the rows
std::vector<std::vector<std::size_t>> rows_by_inputs(const RunTable& runs, const LawEntry& law);

}  // namespace isoloss
