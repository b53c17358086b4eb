// From a formula's text to the graph of its value.

#pragma once

#include <span>

#include "host/formula/expression.h"
#include "host/formula/graph.h"
#include "host/formula/names.h"

namespace isoloss {

// The node of the formula's value. An input on a log axis enters as exp of its node; powers and
// logs of products of exponentials are written by their exponents, so that A / N^alpha is
// exp(theta_A - alpha log N) where A is on a log scale.
//   params  node of each parameter's shown value: the parameter, exp of it, or a constant
// Throws InputError, with the place, if a part of the formula that is a number is not finite, and
// for more than some 1000 operations.
NodeId write_graph(Graph& graph, const Expression& expression, const Names& names,
                   std::span<const NodeId> params);

}  // namespace isoloss
