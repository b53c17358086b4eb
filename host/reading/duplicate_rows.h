// Rows that stand in a table more than once.

#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "host/base/status.h"
#include "host/reading/cells.h"

namespace isoloss {

// A warning that says how many of `rows` have the texts of another.
//
//   cost  two looks at a bit a row; what shares one is sorted
std::optional<Warning> check_duplicates(const FileCells& cells,
                                        const std::vector<std::size_t>& rows);

}  // namespace isoloss
