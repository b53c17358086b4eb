#pragma once

#include <algorithm>

#include "host/fit/result.h"

namespace isoloss {

inline bool has_warning(const FitResult& fit, const char* name) {
  return std::any_of(fit.warnings.begin(), fit.warnings.end(),
                     [&](const Warning& warning) { return warning.name == name; });
}

}  // namespace isoloss
