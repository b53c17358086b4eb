// --config FILE.toml: values of flags that stand in a file, for all commands or, in a table of its
// name, for one.

#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>
#include <vector>

#include "host/base/error.h"
#include "host/commands/usage_error.h"

namespace isoloss {

// A value, or one of an array, and where it stands: "own.toml:3:11".
struct ConfigPart {
  std::string text;
  std::string place;
};

// A flag that a file gives.
struct ConfigFlag {
  std::string flag;
  std::optional<std::string> value;  // none: a switch that is on
  std::vector<ConfigPart> parts;     // of the value, one at least; a switch has one without a text
};

struct ConfiguredWords {
  std::vector<std::string> words;
  std::vector<ConfigFlag> from_file;

  // What the parser or a command says against the words, with the place of the value that it is
  // about where that stands in the file: of the option that the error is of, else of the first in
  // its message that the file gives, but not in what is quoted there.
  std::string placed(const UsageError& error) const;
  InputError placed(const InputError& error) const;
};

// The words of a command line, the first being a command or a flag, and behind them the flags of
// the file that --config names which are not among them. Throws InputError with line and column for
// what is no flag of the command, and for a value that no flag could have.
ConfiguredWords with_config(std::vector<std::string> words, const CLI::App& app);

}  // namespace isoloss
