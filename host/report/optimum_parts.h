// Parts of what an optimum says of itself.

#pragma once

#include <string>
#include <vector>

#include "host/report/document.h"
#include "host/report/optimum.h"

namespace isoloss {

// The device that serves, what holds the model back there, and where that turns.
void add_decoding(const Optimum& got, std::vector<Pair>& out);

// "23.1, bandwidth": milliseconds a token.
Cell step_cell(const Answer& answer);

// "bandwidth", "peak" or "memory".
const char* name_of(BoundBy bound);

}  // namespace isoloss
