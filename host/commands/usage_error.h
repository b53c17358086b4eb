// What the parser has against a command line, said as the program says all else: the flag, what
// was given and what was expected.

#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace isoloss {

struct UsageError {
  std::string said;
  std::string flag;   // at fault, "--seed"; empty for what is none
  std::string value;  // of several the one at fault; empty for all
};

// command: the one that was chosen.
UsageError usage_error(const CLI::ParseError& error, const CLI::App& command);

}  // namespace isoloss
