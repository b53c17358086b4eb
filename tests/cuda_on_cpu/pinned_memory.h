// Host memory that the runtime gave out: the host and every device may use it.

#pragma once

#include <cstddef>

namespace cuda_on_cpu {

// Full of NaN, since CUDA does not clear it either.
void* allocate_pinned(std::size_t num_bytes);
// False if it was not given out.
bool free_pinned(void* pointer);
void free_all_pinned_memory();

int num_pinned();
// Whether the bytes lie in one piece of it.
bool is_pinned(const void* begin, std::size_t num_bytes);

}  // namespace cuda_on_cpu
