// What a test sets and asks: the machine, its failures, and what the product left behind.

#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

#include "cuda_on_cpu/runtime_types.h"

namespace cuda_on_cpu {

// One device, 256 MiB, no failures, nothing alive. A test begins with it.
void reset();

// The machine.
void set_device_count(int num_devices);
void set_memory_limit(std::size_t num_bytes);  // of each device
void set_multiprocessors(int num_multiprocessors);
// As CUDA counts, 13000 for 13.0. A driver of 0 is none; one of an older major version is too old.
void set_versions(int driver, int runtime);
// Whether an asynchronous copy must have pinned memory on its host side. Otherwise it takes
// pageable memory as CUDA does: by waiting.
void set_strict_pinned(bool strict);
// How much longer each kernel of a device takes.
void set_delay(int device, std::chrono::milliseconds delay);
// How long a kernel may run before the process ends with a message.
void set_watchdog(std::chrono::seconds limit);

// Failures. The k-th call from now (1 is the next) or the next call of that name returns the error
// and does nothing; but a call that frees, frees. An error that ruins a context, such as
// cudaErrorIllegalAddress, then answers every call until reset().
void fail_call(int k, cudaError_t error);
void fail_next(const std::string& call_name, cudaError_t error);

// Calls since reset(), in order. cuBLAS calls count, calls that only name an error do not.
std::vector<std::string> call_names();
inline int num_calls() { return static_cast<int>(call_names().size()); }

// What is alive.
struct Live {
  int allocations = 0;
  int pinned = 0;
  int streams = 0;
  int events = 0;
  int handles = 0;  // of cuBLAS
  int modules = 0;  // of the driver
  bool operator==(const Live&) const = default;
};
Live live();

}  // namespace cuda_on_cpu
