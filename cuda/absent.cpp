// The same functions for a build without CUDA.

#include "cuda/engine.h"

namespace isoloss {

CudaReport cuda_report() { return {}; }

std::unique_ptr<SearchEngine> make_cuda_engine(const CudaOptions&) {
  throw DeviceError(cuda_sentence(cuda_report()));
}

}  // namespace isoloss
