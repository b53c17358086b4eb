// Device arrays for tests, and a machine that is fresh at the start and empty at the end.

#pragma once

#include <cuda_runtime.h>

#include <cstddef>
#include <vector>

#include "tests/catch.h"
#include "tests/cuda_on_cpu/control.h"

namespace isoloss {

// Declared first in a test, so that its arrays are gone when this looks for leaks.
struct FreshMachine {
  FreshMachine() { cuda_on_cpu::reset(); }
  FreshMachine(const FreshMachine&) = delete;
  FreshMachine& operator=(const FreshMachine&) = delete;
  ~FreshMachine() { CHECK(cuda_on_cpu::live() == cuda_on_cpu::Live{}); }
};

template <class T>
class DeviceArray {
 public:
  explicit DeviceArray(std::size_t count) : count_(count) {
    REQUIRE(cudaMalloc(&d_data_, count * sizeof(T)) == cudaSuccess);
  }
  explicit DeviceArray(const std::vector<T>& values) : DeviceArray(values.size()) {
    REQUIRE(cudaMemcpy(d_data_, values.data(), count_ * sizeof(T), cudaMemcpyHostToDevice) ==
            cudaSuccess);
  }
  DeviceArray(const DeviceArray&) = delete;
  DeviceArray& operator=(const DeviceArray&) = delete;
  ~DeviceArray() { cudaFree(d_data_); }

  T* data() const { return d_data_; }

  // Waits for the default stream.
  std::vector<T> values() const {
    std::vector<T> out(count_);
    REQUIRE(cudaMemcpy(out.data(), d_data_, count_ * sizeof(T), cudaMemcpyDeviceToHost) ==
            cudaSuccess);
    return out;
  }

 private:
  std::size_t count_;
  T* d_data_ = nullptr;
};

// 0, 1, 2, ...
inline std::vector<double> counting(std::size_t count) {
  std::vector<double> out(count);
  for (std::size_t i = 0; i < count; ++i) out[i] = static_cast<double>(i);
  return out;
}

}  // namespace isoloss
