// What every call of the runtime does around its own work: lock, count, fail if a test asked for
// it.

#pragma once

#include <mutex>

#include "cuda_on_cpu/runtime_types.h"
#include "tests/cuda_on_cpu/machine.h"

namespace cuda_on_cpu {

class Call {
 public:
  enum class Needs { device, nothing };
  explicit Call(const char* name, Needs needs = Needs::device);

  // Why this call does not get to its work; cudaSuccess if it does.
  cudaError_t refusal() const { return refusal_; }
  // Remembers an error for cudaGetLastError.
  cudaError_t finish(cudaError_t error) const;

 private:
  std::lock_guard<std::recursive_mutex> lock_;
  cudaError_t refusal_;
};

template <class Work>
cudaError_t api_call(const char* name, Work work, Call::Needs needs = Call::Needs::device) {
  const Call call(name, needs);
  return call.finish(call.refusal() != cudaSuccess ? call.refusal() : work());
}

// Frees even where it reports an error, as CUDA does for the error of an earlier operation.
template <class Work>
cudaError_t release_call(const char* name, Work work) {
  const Call call(name);
  const cudaError_t error = work();
  return call.finish(call.refusal() != cudaSuccess ? call.refusal() : error);
}

}  // namespace cuda_on_cpu
