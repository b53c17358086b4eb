// Every CUDA call goes through CUDA_CHECK: what fails is thrown with call, file and line.

#pragma once

#include <cuda_runtime.h>

#include "cuda/engine.h"

namespace isoloss {

// The device has too little free memory: a smaller tile may fit.
class DeviceMemoryError : public DeviceError {
 public:
  using DeviceError::DeviceError;
};

[[noreturn]] void throw_cuda_error(cudaError_t error, const char* call, const char* file, int line);

inline void check_cuda(cudaError_t error, const char* call, const char* file, int line) {
  if (error != cudaSuccess) throw_cuda_error(error, call, file, line);
}

}  // namespace isoloss

#define CUDA_CHECK(call) ::isoloss::check_cuda((call), #call, __FILE__, __LINE__)
