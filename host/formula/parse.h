// The grammar of formulas.
//
//   formula  [ name [ "(" name { "," name } ")" ] "=" ] sum
//   sum      product { ( "+" | "-" ) product }
//   product  unary { ( "*" | "/" ) unary }
//   unary    ( "-" | "+" ) unary | power
//   power    primary [ ( "^" | "**" ) unary ]
//   primary  number | name | function "(" sum { "," sum } ")" | "(" sum ")"
//
// So -x^2 is -(x^2), 2^3^2 is 2^9, and 2^-1 is a half. A number is 1, 1.5, .5 or 1e-3; a name is of
// letters, digits and _. `pi` is the constant, the functions are those of
// host/formula/functions.h, log is natural. The left side is only for people.

#pragma once

#include "host/formula/expression.h"

namespace isoloss {

// Throws InputError, with the place of the fault, for what the grammar does not have, for more than
// kLongestFormula characters and for more than 200 levels of nesting.
// Cost: one pass; nodes come in order, operands first.
Expression parse_formula(FormulaText text);

}  // namespace isoloss
