// Bytes that nobody may touch, in the eyes of AddressSanitizer; nothing without it.

#pragma once

#include <cstddef>

#include "tests/cuda_on_cpu/sanitizers.h"

// Of AddressSanitizer's runtime; called only where that is linked.
extern "C" void __asan_poison_memory_region(const volatile void* begin, std::size_t num_bytes);
extern "C" void __asan_unpoison_memory_region(const volatile void* begin, std::size_t num_bytes);

namespace cuda_on_cpu {

inline void poison(const void* begin, std::size_t num_bytes) {
  if constexpr (kAddressSanitizer) __asan_poison_memory_region(begin, num_bytes);
}

inline void unpoison(const void* begin, std::size_t num_bytes) {
  if constexpr (kAddressSanitizer) __asan_unpoison_memory_region(begin, num_bytes);
}

}  // namespace cuda_on_cpu
