// What may be the value of a flag, where there is a list of it.

#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

namespace isoloss {

// Its words where its type lists them, screen|grid|N; the names of laws, recipes, data sets,
// warnings, published fits or commands where its type is those. Empty for any other.
std::vector<std::string> suggested_values(const CLI::Option& option);

}  // namespace isoloss
