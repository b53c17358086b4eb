#include "tests/cuda_on_cpu/cublas.h"

#include <fmt/format.h>

#include <utility>

#include "tests/cuda_on_cpu/call.h"
#include "tests/cuda_on_cpu/device_memory.h"
#include "tests/cuda_on_cpu/fail.h"
#include "tests/cuda_on_cpu/gemm.h"
#include "tests/cuda_on_cpu/stream.h"

namespace cuda_on_cpu {

std::map<cublasHandle_t, std::unique_ptr<cublasContext>>& all_handles() {
  static std::map<cublasHandle_t, std::unique_ptr<cublasContext>> handles;
  return handles;
}

namespace {

void check_on_device(const void* pointer, const char* matrix, int device) {
  const Allocation* a = find_allocation(pointer);
  if (a == nullptr) fail(fmt::format("cuBLAS: matrix {} is not in device memory", matrix));
  if (a->device != device) fail(fmt::format("cuBLAS: matrix {} is on another device", matrix));
}

cublasStatus_t status_of(cudaError_t error) {
  if (error == cudaSuccess) return CUBLAS_STATUS_SUCCESS;
  return error == cudaErrorMemoryAllocation ? CUBLAS_STATUS_ALLOC_FAILED
                                            : CUBLAS_STATUS_EXECUTION_FAILED;
}

// A call of cuBLAS on a live handle.
template <class Work>
cublasStatus_t blas_call(const char* name, cublasHandle_t handle, Work work) {
  const Call call(name);
  if (call.refusal() != cudaSuccess) return status_of(call.refusal());
  return all_handles().count(handle) == 1 ? work() : CUBLAS_STATUS_NOT_INITIALIZED;
}

template <class T>
cublasStatus_t multiply(const cublasContext& context, const Product<T>& product) {
  if (!product.is_valid()) return CUBLAS_STATUS_INVALID_VALUE;
  if (product.is_empty()) return CUBLAS_STATUS_SUCCESS;
  check_on_device(product.a.data, "A", context.device);
  check_on_device(product.b.data, "B", context.device);
  check_on_device(product.c.data, "C", context.device);
  const StreamEnd end = find_stream(context.stream);
  if (!end || end.device != context.device) return CUBLAS_STATUS_EXECUTION_FAILED;
  const auto run = [product](T alpha, T beta) {
    const OpenDeviceMemory open;
    product.run(alpha, beta);
  };
  if (context.pointer_mode == CUBLAS_POINTER_MODE_HOST) {
    end.queue->push([run, alpha = *product.alpha, beta = *product.beta] { run(alpha, beta); });
  } else {
    end.queue->push([run, product] {
      const OpenDeviceMemory open;
      run(*product.alpha, *product.beta);
    });
  }
  return CUBLAS_STATUS_SUCCESS;
}

template <class T>
cublasStatus_t gemm(const char* name, cublasHandle_t handle, const Product<T>& product) {
  return blas_call(name, handle, [&] { return multiply(*handle, product); });
}

struct StatusName {
  cublasStatus_t status;
  const char* name;
};

constexpr StatusName kStatuses[] = {
    {CUBLAS_STATUS_SUCCESS, "CUBLAS_STATUS_SUCCESS"},
    {CUBLAS_STATUS_NOT_INITIALIZED, "CUBLAS_STATUS_NOT_INITIALIZED"},
    {CUBLAS_STATUS_ALLOC_FAILED, "CUBLAS_STATUS_ALLOC_FAILED"},
    {CUBLAS_STATUS_INVALID_VALUE, "CUBLAS_STATUS_INVALID_VALUE"},
    {CUBLAS_STATUS_ARCH_MISMATCH, "CUBLAS_STATUS_ARCH_MISMATCH"},
    {CUBLAS_STATUS_MAPPING_ERROR, "CUBLAS_STATUS_MAPPING_ERROR"},
    {CUBLAS_STATUS_EXECUTION_FAILED, "CUBLAS_STATUS_EXECUTION_FAILED"},
    {CUBLAS_STATUS_INTERNAL_ERROR, "CUBLAS_STATUS_INTERNAL_ERROR"},
    {CUBLAS_STATUS_NOT_SUPPORTED, "CUBLAS_STATUS_NOT_SUPPORTED"},
    {CUBLAS_STATUS_LICENSE_ERROR, "CUBLAS_STATUS_LICENSE_ERROR"},
};

}  // namespace
}  // namespace cuda_on_cpu

using cuda_on_cpu::all_handles;
using cuda_on_cpu::blas_call;
using cuda_on_cpu::gemm;

const char* cublasGetStatusString(cublasStatus_t status) {
  for (const auto& row : cuda_on_cpu::kStatuses)
    if (row.status == status) return row.name;
  return "unknown cuBLAS status";
}

cublasStatus_t cublasCreate_v2(cublasHandle_t* handle) {
  const cuda_on_cpu::Call call("cublasCreate");
  if (call.refusal() == cudaErrorMemoryAllocation) return CUBLAS_STATUS_ALLOC_FAILED;
  if (call.refusal() != cudaSuccess) return CUBLAS_STATUS_NOT_INITIALIZED;
  auto made = std::make_unique<cublasContext>();
  made->device = cuda_on_cpu::current_device();
  *handle = made.get();
  all_handles().emplace(*handle, std::move(made));
  return CUBLAS_STATUS_SUCCESS;
}

cublasStatus_t cublasDestroy_v2(cublasHandle_t handle) {
  const cuda_on_cpu::Call call("cublasDestroy");
  if (all_handles().erase(handle) == 0) return CUBLAS_STATUS_NOT_INITIALIZED;
  return cuda_on_cpu::status_of(call.refusal());
}

cublasStatus_t cublasSetStream_v2(cublasHandle_t handle, cudaStream_t stream) {
  return blas_call("cublasSetStream", handle,
                   [=] { return handle->stream = stream, CUBLAS_STATUS_SUCCESS; });
}

cublasStatus_t cublasSetPointerMode_v2(cublasHandle_t handle, cublasPointerMode_t mode) {
  return blas_call("cublasSetPointerMode", handle,
                   [=] { return handle->pointer_mode = mode, CUBLAS_STATUS_SUCCESS; });
}

// Sums are exact to the type here, whatever the mode allows.
cublasStatus_t cublasSetMathMode(cublasHandle_t handle, cublasMath_t) {
  return blas_call("cublasSetMathMode", handle, [] { return CUBLAS_STATUS_SUCCESS; });
}

cublasStatus_t cublasSgemm_v2(cublasHandle_t handle, cublasOperation_t transa,
                              cublasOperation_t transb, int m, int n, int k, const float* alpha,
                              const float* A, int lda, const float* B, int ldb, const float* beta,
                              float* C, int ldc) {
  return gemm<float>(
      "cublasSgemm", handle,
      {transa, transb, m, n, k, alpha, {A, lda, 0}, {B, ldb, 0}, beta, {C, ldc, 0}, 1});
}

cublasStatus_t cublasDgemm_v2(cublasHandle_t handle, cublasOperation_t transa,
                              cublasOperation_t transb, int m, int n, int k, const double* alpha,
                              const double* A, int lda, const double* B, int ldb,
                              const double* beta, double* C, int ldc) {
  return gemm<double>(
      "cublasDgemm", handle,
      {transa, transb, m, n, k, alpha, {A, lda, 0}, {B, ldb, 0}, beta, {C, ldc, 0}, 1});
}

cublasStatus_t cublasSgemmStridedBatched(cublasHandle_t handle, cublasOperation_t transa,
                                         cublasOperation_t transb, int m, int n, int k,
                                         const float* alpha, const float* A, int lda,
                                         long long strideA, const float* B, int ldb,
                                         long long strideB, const float* beta, float* C, int ldc,
                                         long long strideC, int batchCount) {
  return gemm<float>("cublasSgemmStridedBatched", handle,
                     {transa,
                      transb,
                      m,
                      n,
                      k,
                      alpha,
                      {A, lda, strideA},
                      {B, ldb, strideB},
                      beta,
                      {C, ldc, strideC},
                      batchCount});
}

cublasStatus_t cublasDgemmStridedBatched(cublasHandle_t handle, cublasOperation_t transa,
                                         cublasOperation_t transb, int m, int n, int k,
                                         const double* alpha, const double* A, int lda,
                                         long long strideA, const double* B, int ldb,
                                         long long strideB, const double* beta, double* C, int ldc,
                                         long long strideC, int batchCount) {
  return gemm<double>("cublasDgemmStridedBatched", handle,
                      {transa,
                       transb,
                       m,
                       n,
                       k,
                       alpha,
                       {A, lda, strideA},
                       {B, ldb, strideB},
                       beta,
                       {C, ldc, strideC},
                       batchCount});
}
