// What laws of the precision of training share.

#pragma once

#include "fits/functions.h"
#include "fits/input.h"

namespace isoloss {

// log(1 - exp(-bits / gamma)), the share of a model's size that training in so many bits leaves
// (Kumar et al. 2024, arXiv:2411.04330). NaN unless bits is positive.
template <class T>
ISOLOSS_HD inline T log_share(const T& bits, const T& log_gamma) {
  return checked_log(one_minus_exp(bits * exp(T(0.0) - log_gamma)));
}

// log N_eff, the log size that training at run's precisions counts as.
//   log_gammas   of weights, activations and key-value cache, in this order
template <class T, class R>
ISOLOSS_HD inline T log_effective_size(const R& run, const T* log_gammas) {
  return run[Input::N] + log_share(run[Input::P_w], log_gammas[0]) +
         log_share(run[Input::P_a], log_gammas[1]) + log_share(run[Input::P_kv], log_gammas[2]);
}

}  // namespace isoloss
