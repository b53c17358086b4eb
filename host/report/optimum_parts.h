// Parts of what an optimum says of itself.

#pragma once

#include <string>
#include <vector>

#include "host/report/document.h"
#include "host/report/optimum.h"

namespace isoloss {

// The device that serves, and from which batch on something else binds there.
void add_decoding(const Optimum& got, std::vector<Pair>& out);

// "33.5B parameters, by bandwidth": the largest model that may be.
std::string params_limit_text(const Optimum& got);

// "23.1, bandwidth": milliseconds a token.
Cell step_cell(const Answer& answer);

// "8", or "8 to 4" of weights that are served in fewer bits than they are trained in; behind it the
// share of the draws that choose the same.
Cell bits_cell(const Answer& answer);

// What a FLOP of few bits costs, and the best model of all bits that were weighed.
void add_bits_cost(const Optimum& got, std::vector<Pair>& out);
void add_models_of_bits(const Optimum& got, Document& out);

// "bandwidth", "peak" or "memory".
const char* name_of(BoundBy bound);

}  // namespace isoloss
