// One allocation of a device that many arrays share.

#pragma once

#include "cuda/buffer.h"

namespace isoloss {

class Arena {
 public:
  // Only counts: take() returns null.
  Arena() = default;
  explicit Arena(std::size_t num_bytes) : memory_(num_bytes) {}

  // The next array of `num` entries, on a boundary of 256 bytes.
  template <class T>
  T* take(std::size_t num) {
    constexpr std::size_t kBoundary = 256;
    unsigned char* place = memory_.data() == nullptr ? nullptr : memory_.data() + used_;
    used_ += (num * sizeof(T) + kBoundary - 1) / kBoundary * kBoundary;
    return reinterpret_cast<T*>(place);
  }

  void clear() { used_ = 0; }
  std::size_t used() const { return used_; }
  std::size_t num_bytes() const { return memory_.num_bytes(); }

 private:
  DeviceBuffer<unsigned char> memory_;
  std::size_t used_ = 0;
};

}  // namespace isoloss
