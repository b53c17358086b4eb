// Tables of text for a terminal.

#pragma once

#include <string>

#include "host/report/document.h"

namespace isoloss {

// Titles, then rows; none ends in a space, each in a newline. A table that is wider than `width`
// leaves out words and columns, then goes the way it names.
std::string text_table(const Table& table, std::size_t width);

// Lines of a text that may end without a newline.
std::vector<std::string> lines_of(const std::string& text);

}  // namespace isoloss
