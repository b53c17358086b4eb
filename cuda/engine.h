// The GPU engine in plain C++: no CUDA type is visible to host/.

#pragma once

#include <memory>
#include <string>
#include <vector>

#include "fits/search.h"

namespace isoloss {

// Why there is no engine to be had, or that there is.
enum class CudaState { ready, built_without };

CudaState cuda_state();

// One sentence for the user about cuda_state().
std::string cuda_state_sentence();

// An engine on the devices, or null where cuda_state() is not ready.
std::unique_ptr<SearchEngine> make_cuda_engine();

}  // namespace isoloss
