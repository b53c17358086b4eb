// cuBLAS, loaded when the engine first needs it: a program that only uses the CPU neither links nor
// finds it.

#pragma once

#include <cublas_v2.h>

#include <string>

namespace isoloss {

struct CublasLibrary {
  decltype(&cublasCreate_v2) create = nullptr;
  decltype(&cublasDestroy_v2) destroy = nullptr;
  decltype(&cublasSetStream_v2) set_stream = nullptr;
  decltype(&cublasDgemm_v2) dgemm = nullptr;
  decltype(&cublasDgemmStridedBatched) dgemm_strided_batched = nullptr;
  std::string name;  // the file it came from, empty if there is none

  bool found() const { return !name.empty(); }
};

// Looks for the library once, by the name of the toolkit's major version.
const CublasLibrary& cublas_library();

}  // namespace isoloss
