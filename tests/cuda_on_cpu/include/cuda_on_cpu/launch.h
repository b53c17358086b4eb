// cudaLaunchKernelEx: copies the arguments, as CUDA does, and queues the kernel on its stream.

#pragma once

#include <cstddef>
#include <functional>
#include <type_traits>
#include <utility>
#include <vector>

#include "cuda_on_cpu/runtime_types.h"

namespace cuda_on_cpu {

// The bytes of one argument, to be searched for pointers that a GPU could not follow.
struct Argument {
  const void* bytes;
  std::size_t num_bytes;
  bool is_pointer;
};

// `thread` is the kernel with its arguments, called once a CUDA thread.
cudaError_t launch(const cudaLaunchConfig_t& config, const void* kernel,
                   const std::vector<Argument>& arguments, std::function<void()> thread);

// Padding keeps what the stack held before, and that may look like a pointer.
template <class T>
Argument argument_of(T& value) {
  // Clang lacks the builtin; there the words of a struct are not searched.
#if __has_builtin(__builtin_clear_padding)
  __builtin_clear_padding(&value);
  constexpr bool is_searched = true;
#else
  constexpr bool is_searched = std::is_pointer_v<T>;
#endif
  return {&value, is_searched ? sizeof value : 0, std::is_pointer_v<T>};
}

}  // namespace cuda_on_cpu

template <class... Params, class... Args>
cudaError_t cudaLaunchKernelEx(const cudaLaunchConfig_t* config, void (*kernel)(Params...),
                               Args&&... args) {
  static_assert((std::is_trivially_copyable_v<Params> && ...), "CUDA copies arguments as bytes");
  return [&](Params... copies) {
    return cuda_on_cpu::launch(*config, reinterpret_cast<const void*>(kernel),
                               {cuda_on_cpu::argument_of(copies)...}, [=] { kernel(copies...); });
  }(std::forward<Args>(args)...);
}
