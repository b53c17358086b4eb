// One way to launch a kernel.

#pragma once

#include <algorithm>
#include <string>

#include "cuda/check.h"

namespace isoloss {

inline constexpr int kBlockThreads = 128;  // of most kernels; a multiple of the warp

// Threads of a block that fits laws of up to P parameters: 16 states of 16 parameters would need
// more shared memory than a block of compute capability 7.5 can have.
template <int P>
inline constexpr int kFitThreads = P > 8 ? kBlockThreads / 2 : kBlockThreads;

// Where and how widely kernels of one batch run.
struct LaunchContext {
  cudaStream_t stream = nullptr;
  int num_multiprocessors = 1;
  std::size_t most_shared_bytes = 0;  // up to which a block stages its runs
};

// Blocks for `num_threads` threads of a kernel that strides over its work: no more than fill the
// device a few times.
inline int blocks_for(const LaunchContext& context, long long num_threads) {
  constexpr int kWaves = 16;
  const long long wanted = (num_threads + kBlockThreads - 1) / kBlockThreads;
  return static_cast<int>(
      std::clamp(wanted, 1LL, static_cast<long long>(kWaves) * context.num_multiprocessors));
}

// How widely one kernel runs.
struct LaunchShape {
  int num_blocks;
  int num_threads = kBlockThreads;  // of a block
  std::size_t shared_bytes = 0;     // of a block
};

// name: of the kernel, for the error of a launch that fails
template <class... Params, class... Args>
void launch(const LaunchContext& context, const LaunchShape& shape, const char* name,
            void (*kernel)(Params...), Args&&... args) {
  cudaLaunchConfig_t config{};
  config.gridDim = dim3(static_cast<unsigned>(shape.num_blocks));
  config.blockDim = dim3(static_cast<unsigned>(shape.num_threads));
  config.dynamicSmemBytes = shape.shared_bytes;
  config.stream = context.stream;
  const cudaError_t error = cudaLaunchKernelEx(&config, kernel, Params(args)...);
  if (error == cudaSuccess) return;
  throw_cuda_error(error, (std::string("launching kernel ") + name).c_str(), __FILE__, __LINE__);
}

// For a kernel of `num_threads` threads that strides over its work and shares nothing.
template <class... Params, class... Args>
void launch_strided(const LaunchContext& context, long long num_threads, const char* name,
                    void (*kernel)(Params...), Args&&... args) {
  launch(context, {blocks_for(context, num_threads)}, name, kernel, args...);
}

}  // namespace isoloss
