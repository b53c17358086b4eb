// What a parameter does in a formula, for the default box of a parameter that nobody bounds.
//
// The question is in which direction the formula moves with the columns if all columns, exponents
// and coefficients are positive: A / N^alpha falls with N, B log N rises.

#pragma once

#include <vector>

#include "host/formula/expression.h"
#include "host/formula/names.h"

namespace isoloss {

struct ParamRole {
  bool is_exponent = false;          // stands in the exponent of ^ or pow
  bool divides_in_exponent = false;  // below the line of one
  // An exponent: where it is positive the formula does not only fall with the columns. Else: what
  // it multiplies may rise with a column, so that the parameter's sign is open.
  bool may_rise = false;
};

// The role of each parameter, in the order of names.params. Cost: two passes.
std::vector<ParamRole> param_roles(const Expression& expression, const Names& names);

}  // namespace isoloss
