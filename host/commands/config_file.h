// --config FILE.toml: values of flags that stand in a file, for all commands or, in a table of its
// name, for one.

#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

namespace isoloss {

// The words of a command line, the first being a command or a flag, and behind them the flags of
// the file that --config names which are not among them. Throws InputError with line and column for
// what is no flag of the command, and for a value that no flag could have.
std::vector<std::string> with_config(std::vector<std::string> words, const CLI::App& app);

}  // namespace isoloss
