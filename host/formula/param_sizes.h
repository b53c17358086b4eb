// How large the parameters of a formula are, from the sizes of its columns, its response and its
// own constants: data come in units of their own, and so does what multiplies them.
//
// What an exponential, a sine or a power with a parameter above takes is a plain number; what is
// added to a known quantity, or taken from one, is of its size; the whole is of the response's. In
// offset + amp*exp(-x*s/1.6e-16) the size of s is 1.6e-16 over that of x.

#pragma once

#include <optional>
#include <vector>

#include "host/formula/expression.h"
#include "host/formula/names.h"

namespace isoloss {

// Logs of typical absolute values.
struct DataSizes {
  std::vector<double> log_input;  // in the order of the formula's inputs
  double log_response = 0;
};

// Logs of the sizes that one parameter may have; each place that it stands in says one, and equals
// are named once. At least one.
using LogSizes = std::vector<double>;

// Of each parameter, in the order of names.params.
//   fixed  by parameter: its value if the user holds it
// Cost: two passes over the formula.
std::vector<LogSizes> param_sizes(const Expression& expression, const Names& names,
                                  const std::vector<std::optional<double>>& fixed,
                                  const DataSizes& data);

}  // namespace isoloss
