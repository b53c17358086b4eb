// What laws of mixtures of experts share.

#pragma once

#include "fits/law.h"
#include "fits/math.h"

namespace isoloss {

// Log of the effective number of experts,
//   1 / E_eff = 1 / (E - 1 + 1 / (1 / E_start - 1 / E_max)) + 1 / E_max,
// which is E_start for one expert and grows to E_max (Clark et al. 2022, arXiv:2202.01169). E_start
// < E_max and E >= 1.
template <class T>
ISOLOSS_HD inline T log_effective_experts(const T& log_E, const T& log_E_start,
                                          const T& log_E_max) {
  const T least = exp(T(0.0) - log_E_max);
  const T offset = T(1.0) / (exp(T(0.0) - log_E_start) - least);
  return T(0.0) - log(T(1.0) / (exp(log_E) - T(1.0) + offset) + least);
}

}  // namespace isoloss
