// What laws of the precision of training share.

#pragma once

#include "fits/functions.h"

namespace isoloss {

// log(1 - exp(-bits / gamma)), the share of a model's size that training in so many bits leaves
// (Kumar et al. 2024, arXiv:2411.04330). NaN unless bits is positive.
template <class T>
ISOLOSS_HD inline T log_share(const T& bits, const T& log_gamma) {
  return checked_log(one_minus_exp(bits * exp(T(0.0) - log_gamma)));
}

}  // namespace isoloss
