// What the parser has against a command line, said as the program says all else: the flag, what
// was given and what was expected.

#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace isoloss {

// command: the one that was chosen.
std::string usage_error(const CLI::ParseError& error, const CLI::App& command);

}  // namespace isoloss
