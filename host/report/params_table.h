// The report's table of parameters.

#pragma once

#include <string>

#include "host/fit/result.h"

namespace isoloss {

// One row a parameter, with the intervals that the fit has, at most `width` columns wide; ends with
// an empty line. Beside two intervals there may be no room left for what the parameters mean.
std::string params_table(const FitResult& fit, std::size_t width);

}  // namespace isoloss
