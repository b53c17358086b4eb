// The matrix products follow cuBLAS: by columns, transposed or not, C unread where beta is zero.

#include <cublas_v2.h>

#include <cmath>

#include "tests/cuda_on_cpu/test_device.h"

namespace isoloss {
namespace {

struct Handle {
  Handle() { REQUIRE(cublasCreate(&handle) == CUBLAS_STATUS_SUCCESS); }
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  ~Handle() { cublasDestroy(handle); }
  cublasHandle_t handle = nullptr;
};

const double kOne = 1, kTwo = 2, kZero = 0;

// A is 2 x 3, B is 3 x 2, by columns.
const std::vector<double> kA{1, 4, 2, 5, 3, 6}, kB{1, 2, 3, 4, 5, 6};
const std::vector<double> kAB{14, 32, 32, 77};

}  // namespace

TEST_CASE("CUDA on CPU: a product of matrices, plain and transposed") {
  const FreshMachine machine;
  const Handle blas;
  const DeviceArray<double> d_a(kA), d_b(kB), d_c(4);
  REQUIRE(cublasDgemm(blas.handle, CUBLAS_OP_N, CUBLAS_OP_N, 2, 2, 3, &kOne, d_a.data(), 2,
                      d_b.data(), 3, &kZero, d_c.data(), 2) == CUBLAS_STATUS_SUCCESS);
  CHECK(d_c.values() == kAB);
  // B^T A^T = (A B)^T, added to twice the product that is there.
  REQUIRE(cublasDgemm(blas.handle, CUBLAS_OP_T, CUBLAS_OP_T, 2, 2, 3, &kOne, d_b.data(), 3,
                      d_a.data(), 2, &kTwo, d_c.data(), 2) == CUBLAS_STATUS_SUCCESS);
  CHECK(d_c.values() == std::vector<double>{14 * 3, 32 * 3, 32 * 3, 77 * 3});
}

TEST_CASE("CUDA on CPU: a batch of products, each a stride behind the last") {
  const FreshMachine machine;
  const Handle blas;
  const DeviceArray<float> d_a(std::vector<float>{1, 2, 3, 4}), d_b(std::vector<float>{5});
  const DeviceArray<float> d_c(4);
  const float one = 1, zero = 0;
  REQUIRE(cublasSgemmStridedBatched(blas.handle, CUBLAS_OP_N, CUBLAS_OP_N, 2, 1, 1, &one,
                                    d_a.data(), 2, 2, d_b.data(), 1, 0, &zero, d_c.data(), 2, 2,
                                    2) == CUBLAS_STATUS_SUCCESS);
  CHECK(d_c.values() == std::vector<float>{5, 10, 15, 20});
}

TEST_CASE("CUDA on CPU: a product reads what cannot be right as an error") {
  const FreshMachine machine;
  const Handle blas;
  const DeviceArray<double> d(4);
  const auto multiply = [&](cublasHandle_t handle, int lda) {
    return cublasDgemm(handle, CUBLAS_OP_N, CUBLAS_OP_N, 2, 2, 2, &kOne, d.data(), lda, d.data(), 2,
                       &kZero, d.data(), 2);
  };
  CHECK(multiply(blas.handle, 1) == CUBLAS_STATUS_INVALID_VALUE);
  CHECK(multiply(nullptr, 2) == CUBLAS_STATUS_NOT_INITIALIZED);
  cuda_on_cpu::fail_next("cublasDgemm", cudaErrorLaunchFailure);
  CHECK(multiply(blas.handle, 2) == CUBLAS_STATUS_EXECUTION_FAILED);
}

}  // namespace isoloss
