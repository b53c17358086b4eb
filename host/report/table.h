// Tables of text, columns as wide as their longest cell.

#pragma once

#include <string>
#include <vector>

namespace isoloss {

using TextRow = std::vector<std::string>;

// Rows of cells, titles first; two spaces between columns and before the
// first, none behind the last; each ends with a newline.
std::string text_table(const std::vector<TextRow>& rows);

// Of the longest line.
std::size_t width_of(const std::string& table);

}  // namespace isoloss
