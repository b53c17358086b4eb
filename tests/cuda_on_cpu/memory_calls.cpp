// The runtime's calls about memory.

#include <cstring>

#include "cuda_on_cpu/runtime_api.h"
#include "tests/cuda_on_cpu/call.h"
#include "tests/cuda_on_cpu/device_memory.h"
#include "tests/cuda_on_cpu/fail.h"
#include "tests/cuda_on_cpu/pinned_memory.h"
#include "tests/cuda_on_cpu/stream.h"

namespace cuda_on_cpu {
namespace {

struct Copy {
  void* to;
  const void* from;
  std::size_t num_bytes;

  void run() const {
    const OpenDeviceMemory open;
    std::memmove(to, from, num_bytes);
  }
};

bool on_device(const void* begin, std::size_t num_bytes) {
  const Allocation* a = find_allocation(begin);
  const auto* byte = static_cast<const unsigned char*>(begin);
  return a != nullptr && num_bytes <= static_cast<std::size_t>(a->data + a->num_bytes - byte);
}

// Whether each side is where the kind says. CUDA finds that out too.
bool sides_fit(const Copy& copy, cudaMemcpyKind kind) {
  if (kind == cudaMemcpyDefault) return true;
  const bool from_device = kind == cudaMemcpyDeviceToHost || kind == cudaMemcpyDeviceToDevice;
  const bool to_device = kind == cudaMemcpyHostToDevice || kind == cudaMemcpyDeviceToDevice;
  return on_device(copy.from, copy.num_bytes) == from_device &&
         on_device(copy.to, copy.num_bytes) == to_device;
}

bool may_run_later(const void* side, std::size_t num_bytes) {
  return on_device(side, num_bytes) || is_pinned(side, num_bytes);
}

cudaError_t copy_now(const Copy& copy, cudaMemcpyKind kind, Queue& queue) {
  if (copy.num_bytes == 0) return cudaSuccess;
  if (!sides_fit(copy, kind)) return cudaErrorInvalidValue;
  queue.run_all();
  copy.run();
  return cudaSuccess;
}

cudaError_t copy_later(const Copy& copy, cudaMemcpyKind kind, Queue& queue) {
  const bool later =
      may_run_later(copy.from, copy.num_bytes) && may_run_later(copy.to, copy.num_bytes);
  if (copy.num_bytes > 0 && !later && machine().strict_pinned)
    fail("cudaMemcpyAsync with a host side that is not pinned");
  if (copy.num_bytes == 0 || !later) return copy_now(copy, kind, queue);
  if (!sides_fit(copy, kind)) return cudaErrorInvalidValue;
  // The old content of the host's buffer must not pass for the result.
  if (!on_device(copy.to, copy.num_bytes)) std::memset(copy.to, 0xff, copy.num_bytes);
  queue.push([copy] { copy.run(); });
  return cudaSuccess;
}

cudaError_t set_later(void* pointer, int value, std::size_t num_bytes, Queue& queue) {
  if (num_bytes == 0) return cudaSuccess;
  if (!may_run_later(pointer, num_bytes)) return cudaErrorInvalidValue;
  queue.push([=] {
    const OpenDeviceMemory open;
    std::memset(pointer, value, num_bytes);
  });
  return cudaSuccess;
}

cudaError_t give_out(void** pointer, void* memory, std::size_t num_bytes) {
  if (memory == nullptr && num_bytes > 0) return cudaErrorMemoryAllocation;
  *pointer = memory;
  return cudaSuccess;
}

cudaError_t give_out_pinned(void** pointer, std::size_t num_bytes) {
  return give_out(pointer, num_bytes == 0 ? nullptr : allocate_pinned(num_bytes), num_bytes);
}

// Freeing waits for everything that might still use the memory.
void run_all_devices() {
  for (int device = 0; device < machine().num_devices; ++device) run_device(device);
}

}  // namespace
}  // namespace cuda_on_cpu

using cuda_on_cpu::api_call;
using cuda_on_cpu::find_stream;
using cuda_on_cpu::release_call;

cudaError_t cudaMalloc(void** pointer, std::size_t num_bytes) {
  return api_call("cudaMalloc", [=] {
    void* memory = num_bytes == 0
                       ? nullptr
                       : cuda_on_cpu::allocate_on_device(cuda_on_cpu::current_device(), num_bytes);
    return cuda_on_cpu::give_out(pointer, memory, num_bytes);
  });
}

cudaError_t cudaFree(void* pointer) {
  return release_call("cudaFree", [=] {
    cuda_on_cpu::run_all_devices();
    const bool freed = pointer == nullptr || cuda_on_cpu::free_on_device(pointer);
    return freed ? cudaSuccess : cudaErrorInvalidValue;
  });
}

cudaError_t cudaMallocHost(void** pointer, std::size_t num_bytes) {
  return api_call("cudaMallocHost",
                  [=] { return cuda_on_cpu::give_out_pinned(pointer, num_bytes); });
}

cudaError_t cudaHostAlloc(void** pointer, std::size_t num_bytes, unsigned) {
  return api_call("cudaHostAlloc",
                  [=] { return cuda_on_cpu::give_out_pinned(pointer, num_bytes); });
}

cudaError_t cudaFreeHost(void* pointer) {
  return release_call("cudaFreeHost", [=] {
    cuda_on_cpu::run_all_devices();
    const bool freed = pointer == nullptr || cuda_on_cpu::free_pinned(pointer);
    return freed ? cudaSuccess : cudaErrorInvalidValue;
  });
}

cudaError_t cudaMemcpy(void* to, const void* from, std::size_t num_bytes, cudaMemcpyKind kind) {
  return api_call("cudaMemcpy", [=] {
    return cuda_on_cpu::copy_now({to, from, num_bytes}, kind, *find_stream(nullptr).queue);
  });
}

cudaError_t cudaMemcpyAsync(void* to, const void* from, std::size_t num_bytes, cudaMemcpyKind kind,
                            cudaStream_t stream) {
  return api_call("cudaMemcpyAsync", [=] {
    const cuda_on_cpu::StreamEnd end = find_stream(stream);
    if (!end) return cudaErrorInvalidResourceHandle;
    return cuda_on_cpu::copy_later({to, from, num_bytes}, kind, *end.queue);
  });
}

cudaError_t cudaMemset(void* pointer, int value, std::size_t num_bytes) {
  return api_call("cudaMemset", [=] {
    return cuda_on_cpu::set_later(pointer, value, num_bytes, *find_stream(nullptr).queue);
  });
}

cudaError_t cudaMemsetAsync(void* pointer, int value, std::size_t num_bytes, cudaStream_t stream) {
  return api_call("cudaMemsetAsync", [=] {
    const cuda_on_cpu::StreamEnd end = find_stream(stream);
    if (!end) return cudaErrorInvalidResourceHandle;
    return cuda_on_cpu::set_later(pointer, value, num_bytes, *end.queue);
  });
}
