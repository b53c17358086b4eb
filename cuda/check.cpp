#include "cuda/check.h"

namespace isoloss {

void throw_cuda_error(cudaError_t error, const char* call, const char* file, int line) {
  const std::string text = std::string(call) + ": " + cudaGetErrorString(error) + " (" +
                           cudaGetErrorName(error) + ", " + file + ":" + std::to_string(line) + ")";
  if (error != cudaErrorMemoryAllocation) throw DeviceError(text);
  cudaGetLastError();  // the error is not sticky: the next call may succeed
  throw DeviceMemoryError(text);
}

}  // namespace isoloss
