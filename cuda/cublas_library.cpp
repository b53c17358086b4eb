#include "cuda/cublas_library.h"

#include <cuda_runtime.h>
#include <dlfcn.h>

namespace isoloss {
namespace {

template <class Function>
bool find(void* library, const char* name, Function& function) {
  function = reinterpret_cast<Function>(dlsym(library, name));
  return function != nullptr;
}

CublasLibrary load(const std::string& name) {
  void* library = dlopen(name.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) return {};
  CublasLibrary out;
  const bool whole = find(library, "cublasCreate_v2", out.create) &&
                     find(library, "cublasDestroy_v2", out.destroy) &&
                     find(library, "cublasSetStream_v2", out.set_stream) &&
                     find(library, "cublasDgemm_v2", out.dgemm) &&
                     find(library, "cublasDgemmStridedBatched", out.dgemm_strided_batched);
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
