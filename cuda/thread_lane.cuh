// Lanes as threads: eight neighbouring threads of a warp, a tile, hold the eight lanes of
// fits/lanes.h, so that a GPU adds the same numbers in the same order as a CPU and, with exp and
// log of our own and without contraction, gets the same bits.

#pragma once

#include <cuda_runtime.h>

#include "fits/tape_machine.h"
#include "fits/term_sums.h"

namespace isoloss {

#if defined(__CUDACC__) && !defined(__CUDA_ARCH__)

// nvcc compiles bodies shared by host and device for both, but only a device runs these.
ISOLOSS_HD inline int lane_of_thread() { return 0; }
ISOLOSS_HD inline unsigned tile_mask() { return 0; }
ISOLOSS_HD inline double sum_over_tile(double x) { return x; }

#else

// This thread's lane in its tile.
ISOLOSS_HD inline int lane_of_thread() { return static_cast<int>(threadIdx.x) % kNumLanes; }

// The warp's mask of this thread's tile.
ISOLOSS_HD inline unsigned tile_mask() {
  return 0xFFu << (threadIdx.x % 32 / kNumLanes * kNumLanes);
}

// The tree of fits/lanes.h: every thread of the tile gets the same sum.
ISOLOSS_HD inline double sum_over_tile(double sum) {
  for (int distance = kNumLanes / 2; distance > 0; distance /= 2)
    sum += __shfl_xor_sync(tile_mask(), sum, distance, kNumLanes);
  return sum;
}

#endif

struct ThreadLane {
  static constexpr int num_lanes = kNumLanes;
  double v;

  ThreadLane() = default;
  ISOLOSS_HD ThreadLane(double x) : v(x) {}  // NOLINT(google-explicit-constructor): a constant
  // p: this lane's own number
  ISOLOSS_HD static ThreadLane load(const double* p) { return *p; }
  ISOLOSS_HD void store(double* p) const { *p = v; }
  ISOLOSS_HD static bool leads() { return lane_of_thread() == 0; }

  ISOLOSS_HD friend ThreadLane operator+(ThreadLane a, ThreadLane b) { return a.v + b.v; }
  ISOLOSS_HD friend ThreadLane operator-(ThreadLane a, ThreadLane b) { return a.v - b.v; }
  ISOLOSS_HD friend ThreadLane operator*(ThreadLane a, ThreadLane b) { return a.v * b.v; }
  ISOLOSS_HD friend ThreadLane operator/(ThreadLane a, ThreadLane b) { return a.v / b.v; }
  ISOLOSS_HD friend ThreadLane operator-(ThreadLane a) { return 0.0 - a.v; }
  ISOLOSS_HD friend ThreadLane fma(ThreadLane a, ThreadLane b, ThreadLane c) {
    return isoloss::fma(a.v, b.v, c.v);
  }
  ISOLOSS_HD friend ThreadLane select_less(ThreadLane a, ThreadLane b, ThreadLane x, ThreadLane y) {
    return a.v < b.v ? x : y;
  }
  ISOLOSS_HD friend ThreadLane select_equal(ThreadLane a, ThreadLane b, ThreadLane x,
                                            ThreadLane y) {
    return a.v == b.v ? x : y;
  }
  ISOLOSS_HD friend ThreadLane min_of(ThreadLane a, ThreadLane b) { return a.v < b.v ? a : b; }
  ISOLOSS_HD friend ThreadLane max_of(ThreadLane a, ThreadLane b) { return a.v > b.v ? a : b; }
  ISOLOSS_HD friend ThreadLane power_of_two(ThreadLane t) { return isoloss::power_of_two(t.v); }
  ISOLOSS_HD friend ThreadLane exponent_of(ThreadLane x) { return isoloss::exponent_of(x.v); }
  ISOLOSS_HD friend ThreadLane mantissa_of(ThreadLane x) { return isoloss::mantissa_of(x.v); }
};

ISOLOSS_HD inline double sum_of_lanes(ThreadLane x) { return sum_over_tile(x.v); }

// The tile looks at one group of runs at a time.
template <>
inline constexpr bool kIsBlocked<ThreadLane> = false;

namespace detail {

// A group of runs stays in a thread's registers.
template <>
inline constexpr int kGroupsAtOnce<ThreadLane> = 1;

}  // namespace detail
}  // namespace isoloss
