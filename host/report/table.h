// Tables of text for a terminal.

#pragma once

#include <string>
#include <vector>

#include "host/base/terminal.h"
#include "host/report/document.h"

namespace isoloss {

// Titles, then rows; none ends in a space, each in a newline. A table that is wider than a file's
// text leaves out words and columns that it can do without. On a terminal its last cells go on
// below themselves; if that is not enough, its columns go on in further tables, each behind the
// first column. No number loses a digit.
std::string text_table(const Table& table, const Terminal& on);

// Lines of a text that may end without a newline.
std::vector<std::string> lines_of(const std::string& text);

}  // namespace isoloss
