#include "cuda_on_cpu/thrust_stream.h"

#include "tests/cuda_on_cpu/device_memory.h"
#include "tests/cuda_on_cpu/fail.h"
#include "tests/cuda_on_cpu/machine.h"
#include "tests/cuda_on_cpu/stream.h"

namespace cuda_on_cpu {

ThrustStream::ThrustStream(cudaStream_t stream) {
  const std::lock_guard lock(machine_lock());
  const StreamEnd end = find_stream(stream);
  if (!end) fail("Thrust was given a stream that does not exist");
  end.queue->run_all();
  open_device_memory();
}

ThrustStream::ThrustStream(const ThrustStream&) { open_device_memory(); }

ThrustStream::~ThrustStream() { close_device_memory(); }

}  // namespace cuda_on_cpu
