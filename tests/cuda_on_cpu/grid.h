// Runs a kernel: one block after another, one thread of the CPU for each thread of a block.

#pragma once

#include <cstddef>
#include <functional>

#include "cuda_on_cpu/language.h"

namespace cuda_on_cpu {

struct Grid {
  dim3 num_blocks;
  dim3 num_threads;  // of a block
  std::size_t shared_bytes;
  std::function<void()> thread;  // the kernel with its arguments
};

void run_grid(const Grid& grid);

}  // namespace cuda_on_cpu
