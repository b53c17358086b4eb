// Checks a launch as CUDA does, and its arguments as no GPU can, then queues it.

#include "cuda_on_cpu/launch.h"

#include <fmt/format.h>
#include <sys/mman.h>
#include <unistd.h>

#include <chrono>
#include <cstdint>
#include <cstring>
#include <thread>

#include "tests/cuda_on_cpu/call.h"
#include "tests/cuda_on_cpu/device_memory.h"
#include "tests/cuda_on_cpu/fail.h"
#include "tests/cuda_on_cpu/grid.h"
#include "tests/cuda_on_cpu/pinned_memory.h"
#include "tests/cuda_on_cpu/stream.h"

namespace cuda_on_cpu {
namespace {

bool is_mapped(const void* address) {
  const auto page = static_cast<std::uintptr_t>(sysconf(_SC_PAGESIZE));
  unsigned char resident = 0;
  const auto begin = reinterpret_cast<std::uintptr_t>(address) / page * page;
  return mincore(reinterpret_cast<void*>(begin), 1, &resident) == 0;
}

// Programs, heaps and stacks lie above this; what a sanitizer maps below it looks like two
// integers.
constexpr std::uintptr_t kLowestHost = 0x4000'0000'0000;

// Why a kernel on the device could not follow the pointer; null if it can.
const char* trouble_with(const void* pointer, int device, bool is_pointer) {
  if (pointer == nullptr || is_pinned(pointer, 0)) return nullptr;
  if (const Allocation* a = find_allocation(pointer); a != nullptr)
    return a->device == device ? nullptr : "points to the memory of another device";
  bool is_open = false;
  if (describe_address(pointer, &is_open) != nullptr) return "points to freed device memory";
  const auto address = reinterpret_cast<std::uintptr_t>(pointer);
  const bool may_be_host = is_pointer || (address >= kLowestHost && address % 4 == 0);
  if (may_be_host && is_mapped(pointer)) return "is a host pointer";
  return is_pointer ? "points to no memory" : nullptr;  // otherwise just a number
}

// Looks at each word, since a struct may hold pointers.
void check_argument(const Argument& argument, std::size_t index, int device) {
  for (std::size_t at = 0; at + sizeof(void*) <= argument.num_bytes; at += sizeof(void*)) {
    const void* word = nullptr;
    std::memcpy(&word, static_cast<const char*>(argument.bytes) + at, sizeof word);
    if (const char* trouble = trouble_with(word, device, argument.is_pointer); trouble != nullptr)
      fail(fmt::format("kernel argument {} {}: {} at byte {}", index, trouble, word, at));
  }
}

bool fits(const dim3& d, const dim3& limit) {
  return d.x >= 1 && d.y >= 1 && d.z >= 1 && d.x <= limit.x && d.y <= limit.y && d.z <= limit.z;
}

cudaError_t check_config(const cudaLaunchConfig_t& config, const void* kernel) {
  if (!fits(config.gridDim, {0x7fffffff, 65535, 65535}) ||
      !fits(config.blockDim, {1024, 1024, 64}) ||
      config.blockDim.x * config.blockDim.y * config.blockDim.z > kThreadsPerBlock)
    return cudaErrorInvalidConfiguration;
  const auto raised = machine().dynamic_shared_limit.find(kernel);
  const std::size_t limit = raised == machine().dynamic_shared_limit.end()
                                ? kSharedPerBlock
                                : static_cast<std::size_t>(raised->second);
  return config.dynamicSmemBytes <= limit ? cudaSuccess : cudaErrorInvalidValue;
}

}  // namespace

cudaError_t launch(const cudaLaunchConfig_t& config, const void* kernel,
                   const std::vector<Argument>& arguments, std::function<void()> thread) {
  return api_call("cudaLaunchKernelEx", [&] {
    const StreamEnd end = find_stream(config.stream);
    if (!end || end.device != current_device()) return cudaErrorInvalidResourceHandle;
    const cudaError_t error = check_config(config, kernel);
    if (error != cudaSuccess) return error;
    for (std::size_t i = 0; i < arguments.size(); ++i) check_argument(arguments[i], i, end.device);
    const auto delay = machine().delays.find(end.device);
    const std::chrono::milliseconds longer =
        delay == machine().delays.end() ? std::chrono::milliseconds(0) : delay->second;
    end.queue->push(
        [grid = Grid{config.gridDim, config.blockDim, config.dynamicSmemBytes, thread}, longer] {
          std::this_thread::sleep_for(longer);
          const OpenDeviceMemory open;
          run_grid(grid);
        });
    return cudaSuccess;
  });
}

}  // namespace cuda_on_cpu
