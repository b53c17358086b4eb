#include "cuda/cublas_library.h"

#include <cuda_runtime.h>

#include "cuda/dynamic_symbol.h"

namespace isoloss {
namespace {

CublasLibrary load(const std::string& name) {
  void* library = dlopen(name.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) return {};
  CublasLibrary out;
  const bool whole = find_symbol(library, "cublasCreate_v2", out.create) &&
                     find_symbol(library, "cublasDestroy_v2", out.destroy) &&
                     find_symbol(library, "cublasSetStream_v2", out.set_stream) &&
                     find_symbol(library, "cublasDgemm_v2", out.dgemm) &&
                     find_symbol(library, "cublasDgemmStridedBatched", out.dgemm_strided_batched);
  if (whole) out.name = name;
  return out;
}

}  // namespace

const CublasLibrary& cublas_library() {
  static const CublasLibrary library = [] {
    const std::string file = "libcublas.so." + std::to_string(CUDART_VERSION / 1000);
    CublasLibrary out = load(file);
    for (const char* folder : {"/usr/local/cuda/lib64/", "/opt/cuda/lib64/"})
      if (!out.found()) out = load(folder + file);
    return out;
  }();
  return library;
}

}  // namespace isoloss
