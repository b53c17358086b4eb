// The modelled machine: what control.h sets, shared by every call under one lock.

#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "cuda_on_cpu/runtime_types.h"

namespace cuda_on_cpu {

struct Machine {
  int num_devices = 1;
  std::size_t memory_limit = std::size_t{256} << 20;
  int num_multiprocessors = 2;
  int driver_version = CUDART_VERSION;
  int runtime_version = CUDART_VERSION;
  bool strict_pinned = false;
  std::chrono::seconds watchdog{120};
  std::map<int, std::chrono::milliseconds> delays;  // by device

  std::vector<std::string> calls;
  int calls_until_failure = 0;  // 0: none planned
  cudaError_t planned_error = cudaSuccess;
  std::map<std::string, cudaError_t> planned_by_name;
  cudaError_t ruined_by = cudaSuccess;
  std::map<const void*, int> dynamic_shared_limit;  // by kernel, where raised
};

Machine& machine();
// Recursive, since a queued operation runs inside the call that waits for it.
std::recursive_mutex& machine_lock();
int& current_device();      // of the calling thread
cudaError_t& last_error();  // of the calling thread

inline constexpr std::size_t kSharedPerBlock = 48 << 10;        // without asking
inline constexpr std::size_t kSharedPerBlockOptin = 227 << 10;  // cudaFuncSetAttribute
inline constexpr std::size_t kSharedPerProcessor = 228 << 10;
inline constexpr std::size_t kSharedReserved = 1 << 10;  // of each block
inline constexpr int kThreadsPerBlock = 1024;
inline constexpr int kThreadsPerProcessor = 2048;
inline constexpr int kBlocksPerProcessor = 32;
inline constexpr int kRegisters = 65536;

}  // namespace cuda_on_cpu
