// Probabilities as people read them.

#pragma once

#include <string>

namespace isoloss {

// 0.95 as 95%, with as many nines as it takes to tell a probability below 1 from certainty.
std::string confidence_text(double probability);

}  // namespace isoloss
