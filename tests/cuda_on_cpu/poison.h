// Bytes that nobody may touch, in the eyes of AddressSanitizer; nothing without it.

#pragma once

#include <cstddef>

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define __SANITIZE_ADDRESS__
#endif
#endif

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/asan_interface.h>
#endif

namespace cuda_on_cpu {

#ifdef __SANITIZE_ADDRESS__
inline void poison(const void* begin, std::size_t num_bytes) {
  __asan_poison_memory_region(begin, num_bytes);
}
inline void unpoison(const void* begin, std::size_t num_bytes) {
  __asan_unpoison_memory_region(begin, num_bytes);
}
#else
inline void poison(const void*, std::size_t) {}
inline void unpoison(const void*, std::size_t) {}
#endif

}  // namespace cuda_on_cpu
