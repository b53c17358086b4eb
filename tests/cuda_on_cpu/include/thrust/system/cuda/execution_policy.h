// thrust::cuda::par_nosync and par: they behave like thrust::cpp::par on open device memory.

#pragma once

#include <thrust/execution_policy.h>
#include <thrust/system/cpp/execution_policy.h>

#include "cuda_on_cpu/thrust_stream.h"

namespace cuda_on_cpu {

// Runs what the stream has queued, then holds device memory open for as long as it lives: in
// `thrust::sort(thrust::cuda::par_nosync.on(stream), ...)` for the whole call.
struct ThrustPolicy : thrust::cpp::execution_policy<ThrustPolicy> {
  explicit ThrustPolicy(cudaStream_t stream) : open(stream) {}
  ThrustStream open;
};

struct ThrustPolicyMaker {
  ThrustPolicy on(cudaStream_t stream) const { return ThrustPolicy(stream); }
  // Temporary memory comes from the host, whatever the allocator.
  template <class Allocator>
  const ThrustPolicyMaker& operator()(Allocator&&) const {
    return *this;
  }
};

}  // namespace cuda_on_cpu

namespace thrust::cuda {

inline constexpr cuda_on_cpu::ThrustPolicyMaker par, par_nosync;

}  // namespace thrust::cuda
