// A formula as its text says it, before anyone knows what its names mean.

#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "host/formula/formula_text.h"
#include "host/formula/functions.h"

namespace isoloss {

enum class ExprKind { number, name, negate, add, subtract, multiply, divide, power, call };

// One operation. Operands are indices of earlier entries of Expression::nodes.
struct Expr {
  ExprKind kind;
  std::size_t at = 0;   // byte of the text that shows it: an operator's is the operator
  double number = 0;    // of a number
  int name = -1;        // of a name: index in Expression::names
  Function function{};  // of a call
  int a = -1;           // operands, -1 where there is none
  int b = -1;
};

struct Name {
  std::string text;
  std::size_t at;  // where it stands first
};

struct Expression {
  FormulaText text;
  std::string left_side;    // L of "L(N, D) = ..."; empty if there is none
  std::vector<Name> names;  // each once, in order of appearance
  std::vector<Expr> nodes;  // the last is the whole

  const Expr& root() const { return nodes.back(); }
};

}  // namespace isoloss
