// The same functions for a build without CUDA.

#include "cuda/engine.h"

namespace isoloss {

CudaState cuda_state() { return CudaState::built_without; }

std::string cuda_state_sentence() { return "this isoloss was built without CUDA"; }

std::unique_ptr<SearchEngine> make_cuda_engine() { return nullptr; }

}  // namespace isoloss
