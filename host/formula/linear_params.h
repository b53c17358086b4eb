// Parameters in which a formula is linear: a search need not start them, it solves for them.

#pragma once

#include <cstdint>
#include <vector>

#include "host/formula/graph.h"

namespace isoloss {

// Whether the derivative of f by the shown value of `param` does not depend on it. The graph has
// either the parameter itself or exp of it, which is what is shown on a log scale (is_log).
bool is_linear_in(Graph& graph, NodeId f, int param, bool is_log);

// The largest set of parameters in which f is jointly linear (sum of shown value times a factor
// without them, plus a rest without them), in order; of several such sets the one with the earliest
// parameters.
//   log_params, left_out   bit k: parameter k is on a log scale, is not to be in the set
// Cost: first derivatives of f, of those on a log scale second ones, and 2^num_params steps.
std::vector<int> linear_params(Graph& graph, NodeId f, int num_params, std::uint32_t log_params,
                               std::uint32_t left_out = 0);

}  // namespace isoloss
