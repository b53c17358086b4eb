#pragma once

#include "host/fit/options.h"

namespace isoloss {

// A fit on two threads, of so many resamples.
inline FitOptions two_threads(int num_resamples) {
  FitOptions out;
  out.num_resamples = num_resamples;
  out.num_threads = 2;
  return out;
}

}  // namespace isoloss
