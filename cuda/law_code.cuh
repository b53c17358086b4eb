// The two ways in which kernels evaluate a law: code of the law's own, or its tape.

#pragma once

#include "cuda/tiles.cuh"
#include "fits/objective.h"

namespace isoloss {

// A law with terms: fits/objective.h compiled for it.
template <class L>
struct OwnCode {
  static constexpr int size = L::num_params;

  __device__ static void evaluate(const LawOnDevice&, const PackedRuns& runs, double delta,
                                  const double* theta, bool with_scale, Evaluation<size>& out) {
    if (with_scale) {
      isoloss::evaluate<L, ThreadLane, true>(runs, delta, theta, out);
    } else {
      isoloss::evaluate<L, ThreadLane, false>(runs, delta, theta, out);
    }
  }
};

// This thread's part of the room of a launch.
__device__ inline TapeRoom room_of_thread(const LawOnDevice& law) {
  double* own = law.room + blockIdx.x * blockDim.x + threadIdx.x;
  const std::ptrdiff_t num_slots = num_tape_slots(law.tape);
  return {own, law.num_threads, own + num_slots * law.num_threads, law.num_threads};
}

// A tape of at most P parameters.
template <int P>
struct TapeCode {
  static constexpr int size = P;

  __device__ static void evaluate(const LawOnDevice& law, const PackedRuns& runs, double delta,
                                  const double* theta, bool with_scale, Evaluation<size>& out) {
    evaluate_tape<ThreadLane>(law.tape, runs, delta, theta, room_of_thread(law),
                              view_of(out, with_scale));
  }
};

}  // namespace isoloss
