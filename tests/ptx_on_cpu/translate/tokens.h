// PTX text as words and punctuation, each with its line.

#pragma once

#include <stdexcept>
#include <string>
#include <vector>

namespace isoloss::ptx {

// What the translator cannot translate, with the line of the PTX file; never skipped.
class TranslateError : public std::runtime_error {
 public:
  TranslateError(int line, const std::string& message)
      : std::runtime_error("line " + std::to_string(line) + ": " + message) {}
};

struct Token {
  std::string text;  // a word ("add.rn.f64", "%rd1", "0d3FF0000000000000") or one character
  int line;
};

// Comments and white space are dropped. The last token is empty.
std::vector<Token> tokens_of(const std::string& ptx);

// "add.rn.f64" as {"add", "rn", "f64"}.
std::vector<std::string> split(const std::string& text, char separator);

}  // namespace isoloss::ptx
