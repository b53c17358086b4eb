// The functions of fits/functions.h in lanes, for the test that every kind gives the same bits.

#pragma once

#include <vector>

#include "fits/functions.h"
#include "fits/lanes.h"
#include "host/simd/simd_level.h"

namespace isoloss::testing {

inline constexpr int kNumFunctions = 9;

// All of them at a and b: out[i].
template <class T>
void apply_functions(const T& a, const T& b, T (&out)[kNumFunctions]) {
  const T positive = exp(b);
  out[0] = one_minus_exp(a);
  out[1] = checked_log(a);
  out[2] = sin(a);
  out[3] = cos(a);
  out[4] = atan(a);
  out[5] = balance(a, positive);
  out[6] = min_of(a, b);
  out[7] = max_of(a, b);
  out[8] = one_minus_exp(b * positive);
}

// a, b: 8 doubles; out: kNumFunctions times 8.
using FunctionsInLanes = void (*)(const double* a, const double* b, double* out);

struct LevelFunctions {
  SimdLevel level;
  FunctionsInLanes apply;
};

// One for each instruction set of the build; tests/functions_in_lanes.cpp.in adds them.
std::vector<LevelFunctions>& level_functions();

template <class T>
void apply_functions_in_lanes(const double* a, const double* b, double* out) {
  T results[kNumFunctions];
  apply_functions(T::load(a), T::load(b), results);
  for (int i = 0; i < kNumFunctions; ++i) results[i].store(out + i * kNumLanes);
}

}  // namespace isoloss::testing
