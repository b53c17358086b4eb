// Tables as CSV.

#pragma once

#include <string>

#include "host/report/document.h"

namespace isoloss {

// The tables, all digits of their numbers, ends of intervals in columns of their own. Each stands
// below a line with '#' and its title, an empty line between two.
std::string as_csv(const Document& document);
// One of its tables, without that line; and a cell, quoted where it must be.
std::string as_csv(const Table& table);
std::string csv_cell(const std::string& text);

}  // namespace isoloss
