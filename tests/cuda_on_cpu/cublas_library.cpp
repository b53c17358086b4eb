// The loader of cuBLAS in tests: the double's functions instead of a library's.

#include "cuda/cublas_library.h"

namespace isoloss {

const CublasLibrary& cublas_library() {
  static const CublasLibrary library{cublasCreate_v2,           cublasDestroy_v2,
                                     cublasSetStream_v2,        cublasDgemm_v2,
                                     cublasDgemmStridedBatched, "cuBLAS on the CPU"};
  return library;
}

}  // namespace isoloss
