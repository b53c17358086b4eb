// How far two numbers are apart, as a share.

#pragma once

#include <cmath>

namespace isoloss {

inline double relative(double ours, double theirs) { return std::fabs(ours / theirs - 1); }

}  // namespace isoloss
