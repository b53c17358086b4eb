// The products of variable projection, on a device by cuBLAS. Matrices are row-major here.

#pragma once

#include "cuda/cublas_library.h"
#include "cuda/launch.h"

namespace isoloss {

class LinearTerms {
 public:
  // Work goes to `stream`. Throws DeviceError.
  explicit LinearTerms(cudaStream_t stream);
  LinearTerms(const LinearTerms&) = delete;
  LinearTerms& operator=(const LinearTerms&) = delete;
  ~LinearTerms();

  // out = a b: a is rows x inner, b inner x columns.
  void multiply(const double* a, const double* b, int rows, int inner, int columns, double* out);

  // out_b = a_b^T c for each of num problems: a_b is inner x rows, a_stride apart; c is inner x
  // columns and shared; out_b is rows x columns, one behind the other.
  void multiply_each(const double* a, long long a_stride, const double* c, int rows, int inner,
                     int columns, int num, double* out);

 private:
  cublasHandle_t handle_ = nullptr;
};

}  // namespace isoloss
