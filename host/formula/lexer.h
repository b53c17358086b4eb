// A formula's text in tokens.

#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "host/formula/formula_text.h"

namespace isoloss {

enum class TokenKind {
  number,
  name,
  plus,
  minus,
  times,
  over,
  power,  // ^ or **
  open,
  close,
  comma,
  equals,
  end,
};

struct Token {
  TokenKind kind;
  std::size_t at;         // first byte
  std::string_view text;  // a view of the formula's text; empty at the end
  double number = 0;      // of a number
};

// The last token is `end`. Throws InputError for a character that no formula has, naming the ASCII
// sign for those that word processors put in its place, for a number outside the range of double
// precision, and for a text longer than kLongestFormula. The tokens point into `text`.
std::vector<Token> tokens_of(const FormulaText& text);

}  // namespace isoloss
