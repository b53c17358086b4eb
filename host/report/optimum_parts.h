// Parts of what an optimum says of itself.

#pragma once

#include <string>
#include <vector>

#include "host/report/document.h"
#include "host/report/optimum.h"

namespace isoloss {

// "23.1, bandwidth": milliseconds a token.
Cell step_cell(const Answer& answer);

// The bits of an answer, and the best model of all bits that were weighed.
Cell bits_cell(const Answer& answer);
void add_models_of_bits(const FittedLaw& law, const Optimum& got, Document& out);

}  // namespace isoloss
