// Shared memory of the block that runs: NaN at its start, and of the size that its launch asked
// for.

#pragma once

#include <cstddef>

namespace cuda_on_cpu {

void begin_shared_memory(std::size_t dynamic_bytes);
// Fails if the block wrote behind its dynamic shared memory.
void end_shared_memory(std::size_t dynamic_bytes);

}  // namespace cuda_on_cpu
