#include "cuda/linear_terms.h"

#include <source_location>
#include <string>

namespace isoloss {
namespace {

void check(cublasStatus_t status, const char* call,
           const std::source_location& where = std::source_location::current()) {
  if (status == CUBLAS_STATUS_SUCCESS) return;
  const std::string text = std::string(call) + ": cuBLAS status " + std::to_string(status) + " (" +
                           where.file_name() + ":" + std::to_string(where.line()) + ")";
  if (status == CUBLAS_STATUS_ALLOC_FAILED) throw DeviceMemoryError(text);
  throw DeviceError(text);
}

constexpr double kOne = 1;
constexpr double kZero = 0;

}  // namespace

LinearTerms::LinearTerms(cudaStream_t stream) {
  check(cublas_library().create(&handle_), "cublasCreate");
  try {
    check(cublas_library().set_stream(handle_, stream), "cublasSetStream");
  } catch (...) {
    cublas_library().destroy(handle_);
    throw;
  }
}

LinearTerms::~LinearTerms() { cublas_library().destroy(handle_); }

// cuBLAS counts by columns: a row-major matrix is its transpose there, so out^T = b^T a^T.
void LinearTerms::multiply(const double* a, const double* b, int rows, int inner, int columns,
                           double* out) {
  check(cublas_library().dgemm(handle_, CUBLAS_OP_N, CUBLAS_OP_N, columns, rows, inner, &kOne, b,
                               columns, a, inner, &kZero, out, columns),
        "cublasDgemm");
}

void LinearTerms::multiply_each(const double* a, long long a_stride, const double* c, int rows,
                                int inner, int columns, int num, double* out) {
  check(cublas_library().dgemm_strided_batched(
            handle_, CUBLAS_OP_N, CUBLAS_OP_T, columns, rows, inner, &kOne, c, columns, 0, a, rows,
            a_stride, &kZero, out, columns, static_cast<long long>(rows) * columns, num),
        "cublasDgemmStridedBatched");
}

}  // namespace isoloss
