// What Thrust needs of a stream: its work done, and device memory open. Free of Thrust's headers.

#pragma once

#include "cuda_on_cpu/runtime_types.h"

namespace cuda_on_cpu {

class ThrustStream {
 public:
  explicit ThrustStream(cudaStream_t stream);
  ThrustStream(const ThrustStream&);
  ThrustStream& operator=(const ThrustStream&) = delete;
  ~ThrustStream();
};

}  // namespace cuda_on_cpu
