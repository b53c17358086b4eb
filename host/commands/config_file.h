// --config FILE.toml: values of flags that stand in a file, for all commands or, in a table of its
// name, for one.

#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>
#include <vector>

#include "host/base/error.h"

namespace isoloss {

// A flag that a file gives, and where: "own.toml:3:11".
struct ConfigFlag {
  std::string flag;
  std::optional<std::string> value;  // none: a switch that is on
  std::string place;
};

struct ConfiguredWords {
  std::vector<std::string> words;
  std::vector<ConfigFlag> from_file;

  // What the parser or a command says against the words, with the place of the flag or value that
  // it is about where that stands in the file.
  std::string placed(const std::string& said) const;
  InputError placed(const InputError& error) const;

 private:
  std::string place_of(const std::string& said, bool is_of_file) const;
};

// The words of a command line, the first being a command or a flag, and behind them the flags of
// the file that --config names which are not among them. Throws InputError with line and column for
// what is no flag of the command, and for a value that no flag could have.
ConfiguredWords with_config(std::vector<std::string> words, const CLI::App& app);

}  // namespace isoloss
