// Pieces of LaTeX.

#pragma once

#include <string>

#include "host/report/document.h"

namespace isoloss {

// What prints as that text.
std::string latex_text(const std::string& text);

// Between the rules of booktabs: names of parameters as symbols, numbers that stand before their
// interval rounded to two digits of it, and what is too wide for a page on lines of its cell.
std::string latex_table(const Table& table);

}  // namespace isoloss
