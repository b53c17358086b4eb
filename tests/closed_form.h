#pragma once

#include <cmath>

#include "tests/tolerance.h"

namespace isoloss {

// Whether a number is that of a formula for it.
inline bool is_near(double ours, double theirs) {
  return std::fabs(ours / theirs - 1) < tolerance::kClosedForm;
}

}  // namespace isoloss
