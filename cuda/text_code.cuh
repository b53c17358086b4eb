// A third way in which kernels evaluate a law, beside those of cuda/law_code.cuh: by functions that
// the driver compiles from a text, see cuda/tape_text.h.

#pragma once

#include "cuda/tiles.cuh"

namespace isoloss {

// evaluate_tape() for one tape.
//
//   values .. over  as RunArrays has them
//   packed .. out   as PackedRuns; of theta and out what evaluate() gets and writes
extern "C" {
__device__ void isoloss_evaluate(const double* values, int num_runs, double over,
                                 const PackedRun* packed, int num_padded, double delta,
                                 const double* theta, void* out);
__device__ void isoloss_evaluate_with_scale(const double* values, int num_runs, double over,
                                            const PackedRun* packed, int num_padded, double delta,
                                            const double* theta, void* out);
}

// A text of at most P parameters.
template <int P>
struct TextCode {
  static constexpr int size = P;

  __device__ static void evaluate(const LawOnDevice&, const PackedRuns& runs, double delta,
                                  const double* theta, bool with_scale, Evaluation<size>& out) {
    if (with_scale) {
      isoloss_evaluate_with_scale(runs.runs.values, runs.runs.num_runs, runs.over(), runs.packed,
                                  runs.num_padded, delta, theta, &out);
    } else {
      isoloss_evaluate(runs.runs.values, runs.runs.num_runs, runs.over(), runs.packed,
                       runs.num_padded, delta, theta, &out);
    }
  }
};

}  // namespace isoloss
