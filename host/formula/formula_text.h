// The text of a formula, where it stands, and how a fault in it is shown.

#pragma once

#include <cstddef>
#include <string>

namespace isoloss {

// Longer ones are no formulas that a person writes.
inline constexpr std::size_t kLongestFormula = 10'000;

struct FormulaText {
  std::string text;
  std::string label = "``law``";  // what the user calls it
  std::string path;               // of the law file it stands in, else empty
  std::size_t line = 0;           // in that file

  // Throws InputError: the message, and the formula with a caret under byte `at`. Of a long formula
  // only the neighbourhood of the fault is shown.
  [[noreturn]] void fail(std::size_t at, const std::string& message,
                         const std::string& hint = "") const;
};

}  // namespace isoloss
