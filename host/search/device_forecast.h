// What a job is predicted to take on a device that has not done anything yet.

#pragma once

#include "cuda/engine.h"

namespace isoloss {

// Predicted from counted instructions, not measured: cuda/README.md.
struct DeviceForecast {
  double start_seconds = 0;      // until its first fit: context, kernels, cuBLAS
  double compile_seconds = 0;    // of the kernels of a law without code of its own
  double passes_per_second = 0;  // objective, gradient and Hessian of one fit at one run
};

// Of all devices of a report together; of none, no passes.
//
//   source  threads of FP64 that a multiprocessor starts a clock: CUDA C++ Programming Guide,
//           "Throughput of Native Arithmetic Instructions"
DeviceForecast forecast_of(const CudaReport& report);

// Seconds of `num_passes` on it, its start included.
double seconds_on(const DeviceForecast& device, double num_passes, bool is_tape);

}  // namespace isoloss
