#include "tests/cuda_on_cpu/machine.h"

namespace cuda_on_cpu {

Machine& machine() {
  static Machine machine;
  return machine;
}

std::recursive_mutex& machine_lock() {
  static std::recursive_mutex lock;
  return lock;
}

int& current_device() {
  static thread_local int device = 0;
  return device;
}

cudaError_t& last_error() {
  static thread_local cudaError_t error = cudaSuccess;
  return error;
}

}  // namespace cuda_on_cpu
