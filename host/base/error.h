// What goes wrong on the user's side. host/commands/driver.cpp prints one clear message and turns
// the type into the exit code; nothing else catches these. DeviceError, exit code 3, is the
// engine's: cuda/device_error.h.

#pragma once

#include <cstddef>
#include <stdexcept>
#include <string>

#include "cuda/device_error.h"

namespace isoloss {

// A file, flag or column is wrong: exit code 2.
//
//   path     file at fault, empty for a flag
//   line     1-based line in the file, 0 when no line is at fault
//   column   name of the column as the file's header has it, empty when no column is at fault
//   message  what is wrong, with the offending text
//   hint     what to do about it; empty when the message says it all
//
// The library names options, here and in every other text, between double backticks:
// ``huber-delta``. Each interface spells them its own way, host/commands/option_names.h as flags.
//
// what() is the whole text: "runs.csv:6: column loss: ...; hint", the hint on a line of its own
// behind a message of several lines.
class InputError : public std::runtime_error {
 public:
  InputError(std::string path, std::size_t line, std::string column, std::string message,
             std::string hint);

  const std::string path;
  const std::size_t line;
  const std::string column;
  const std::string message;
  const std::string hint;
};

// InputError of a flag, or of flags together: no file is at fault.
[[noreturn]] void refuse(const std::string& message, const std::string& hint);
// The same unless it holds.
void require(bool holds, const std::string& message, const std::string& hint);

// An output file cannot be written: exit code 4.
class OutputError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace isoloss
