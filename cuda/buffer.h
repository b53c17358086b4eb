// Memory of a device, and memory of the host that a device copies to and from without waiting.

#pragma once

#include <cstring>
#include <utility>
#include <vector>

#include "cuda/check.h"

namespace isoloss {
namespace detail {

struct DeviceMemory {
  static void* allocate(std::size_t num_bytes) {
    void* place = nullptr;
    CUDA_CHECK(cudaMalloc(&place, num_bytes));
    return place;
  }
  static void release(void* place) { cudaFree(place); }
};

struct PinnedMemory {
  static void* allocate(std::size_t num_bytes) {
    void* place = nullptr;
    CUDA_CHECK(cudaMallocHost(&place, num_bytes));
    return place;
  }
  static void release(void* place) { cudaFreeHost(place); }
};

// An array that owns its memory. The device that was current when it was made must be current when
// it goes.
template <class T, class Memory>
class Buffer {
 public:
  Buffer() = default;
  explicit Buffer(std::size_t num) : num_(num) {
    if (num > 0) data_ = static_cast<T*>(Memory::allocate(num * sizeof(T)));
  }
  Buffer(Buffer&& other) noexcept
      : data_(std::exchange(other.data_, nullptr)), num_(std::exchange(other.num_, 0)) {}
  Buffer& operator=(Buffer&& other) noexcept {
    std::swap(data_, other.data_);
    std::swap(num_, other.num_);
    return *this;
  }
  ~Buffer() {
    if (data_ != nullptr) Memory::release(data_);
  }

  T* data() const { return data_; }
  std::size_t num() const { return num_; }
  std::size_t num_bytes() const { return num_ * sizeof(T); }

 private:
  T* data_ = nullptr;
  std::size_t num_ = 0;
};

}  // namespace detail

template <class T>
using DeviceBuffer = detail::Buffer<T, detail::DeviceMemory>;
template <class T>
using PinnedBuffer = detail::Buffer<T, detail::PinnedMemory>;

// A copy of host memory on the current device. Waits until it has arrived: other streams do not
// wait for the default one, and a copy from pageable memory returns before its end.
template <class T>
DeviceBuffer<T> upload(const T* values, std::size_t num) {
  DeviceBuffer<T> out(num);
  if (num == 0) return out;
  CUDA_CHECK(cudaMemcpy(out.data(), values, num * sizeof(T), cudaMemcpyHostToDevice));
  CUDA_CHECK(cudaStreamSynchronize(nullptr));
  return out;
}

}  // namespace isoloss
