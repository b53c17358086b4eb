// Doubles on cache-line boundaries: a load of eight lanes then touches one line, not two.

#pragma once

#include <cstddef>
#include <new>
#include <vector>

namespace isoloss {

template <class T>
struct CacheLineAllocator {
  using value_type = T;
  static constexpr std::align_val_t kCacheLine{64};

  CacheLineAllocator() = default;
  template <class U>
  CacheLineAllocator(const CacheLineAllocator<U>&) {}  // NOLINT(google-explicit-constructor)

  T* allocate(std::size_t num) {
    return static_cast<T*>(::operator new(num * sizeof(T), kCacheLine));
  }
  void deallocate(T* place, std::size_t) { ::operator delete(place, kCacheLine); }
  friend bool operator==(const CacheLineAllocator&, const CacheLineAllocator&) { return true; }
};

using AlignedDoubles = std::vector<double, CacheLineAllocator<double>>;

}  // namespace isoloss
