// Atomic operations, fences and cached loads. Relaxed, as on the GPU: an atomic orders nothing
// else.

#pragma once

#include <algorithm>
#include <atomic>
#include <concepts>
#include <type_traits>

namespace cuda_on_cpu {

template <class T, class... Ts>
concept OneOf = (std::same_as<T, Ts> || ...);

// CUDA has no overload for unsigned long.
template <class T>
concept AtomicInteger = OneOf<T, int, unsigned, unsigned long long>;
template <class T>
concept Addable = AtomicInteger<T> || OneOf<T, float, double>;

// Replaces *address by change(*address) and returns what was there.
template <class T, class Change>
T fetch_change(T* address, Change change) {
  std::atomic_ref<T> target(*address);
  T old = target.load(std::memory_order_relaxed);
  while (!target.compare_exchange_weak(old, change(old), std::memory_order_relaxed)) {
  }
  return old;
}

inline std::atomic<int> fence_order{0};

}  // namespace cuda_on_cpu

template <cuda_on_cpu::Addable T>
T atomicAdd(T* address, std::type_identity_t<T> value) {
  return std::atomic_ref<T>(*address).fetch_add(value, std::memory_order_relaxed);
}

template <cuda_on_cpu::AtomicInteger T>
T atomicMax(T* address, std::type_identity_t<T> value) {
  return cuda_on_cpu::fetch_change(address, [=](T old) { return std::max(old, value); });
}

template <cuda_on_cpu::AtomicInteger T>
T atomicMin(T* address, std::type_identity_t<T> value) {
  return cuda_on_cpu::fetch_change(address, [=](T old) { return std::min(old, value); });
}

template <cuda_on_cpu::AtomicInteger T>
T atomicOr(T* address, std::type_identity_t<T> value) {
  return std::atomic_ref<T>(*address).fetch_or(value, std::memory_order_relaxed);
}

template <cuda_on_cpu::AtomicInteger T>
T atomicExch(T* address, std::type_identity_t<T> value) {
  return std::atomic_ref<T>(*address).exchange(value, std::memory_order_relaxed);
}

template <cuda_on_cpu::AtomicInteger T>
T atomicCAS(T* address, std::type_identity_t<T> expected, std::type_identity_t<T> desired) {
  std::atomic_ref<T>(*address).compare_exchange_strong(expected, desired,
                                                       std::memory_order_relaxed);
  return expected;
}

// A read-modify-write of one common variable, since ThreadSanitizer does not know fences.
inline void __threadfence() { cuda_on_cpu::fence_order.fetch_add(1, std::memory_order_acq_rel); }
inline void __threadfence_block() { __threadfence(); }

template <class T>
T __ldg(const T* address) {
  return *address;
}
