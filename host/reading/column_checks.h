// What can be wrong with a choice of columns. All throw InputError.

#pragma once

#include <string>

#include "host/reading/columns.h"
#include "host/reading/csv.h"

namespace isoloss {

// `key` of --column is no quantity; says which there are.
[[noreturn]] void refuse_key(const std::string& key, const Columns& columns);

// The loss is an input of the law and nothing says what is predicted.
[[noreturn]] void refuse_loss_from_loss();

// Requires that the file has, or C = k N D gives, all that is read.
void require_enough(const CsvTable& csv, const Columns& columns);

// Requires that no column is read twice, which only flags and formulas can ask for.
void require_distinct(const CsvTable& csv, const Columns& columns);

}  // namespace isoloss
