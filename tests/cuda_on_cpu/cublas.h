// The handles of cuBLAS.

#pragma once

#include <cublas_v2.h>

#include <map>
#include <memory>

struct cublasContext {
  int device = 0;
  cudaStream_t stream = nullptr;
  cublasPointerMode_t pointer_mode = CUBLAS_POINTER_MODE_HOST;
};

namespace cuda_on_cpu {

std::map<cublasHandle_t, std::unique_ptr<cublasContext>>& all_handles();

}  // namespace cuda_on_cpu
