#include "tests/cuda_on_cpu/control.h"

#include "tests/cuda_on_cpu/cublas.h"
#include "tests/cuda_on_cpu/device_memory.h"
#include "tests/cuda_on_cpu/driver.h"
#include "tests/cuda_on_cpu/machine.h"
#include "tests/cuda_on_cpu/pinned_memory.h"
#include "tests/cuda_on_cpu/stream.h"

namespace cuda_on_cpu {
namespace {

// Sets something of the machine under its lock.
template <class Change>
void change(Change change) {
  const std::lock_guard lock(machine_lock());
  change(machine());
}

}  // namespace

void reset() {
  const std::lock_guard lock(machine_lock());
  machine() = {};
  all_streams() = {};
  all_handles().clear();
  all_modules().clear();
  free_all_device_memory();
  free_all_pinned_memory();
  current_device() = 0;
  last_error() = cudaSuccess;
}

void set_device_count(int num_devices) {
  change([=](Machine& m) { m.num_devices = num_devices; });
}
void set_memory_limit(std::size_t num_bytes) {
  change([=](Machine& m) { m.memory_limit = num_bytes; });
}
void set_multiprocessors(int num_multiprocessors) {
  change([=](Machine& m) { m.num_multiprocessors = num_multiprocessors; });
}
void set_versions(int driver, int runtime) {
  change([=](Machine& m) { m.driver_version = driver, m.runtime_version = runtime; });
}
void set_strict_pinned(bool strict) {
  change([=](Machine& m) { m.strict_pinned = strict; });
}
void set_delay(int device, std::chrono::milliseconds delay) {
  change([=](Machine& m) { m.delays[device] = delay; });
}
void set_watchdog(std::chrono::seconds limit) {
  change([=](Machine& m) { m.watchdog = limit; });
}
void fail_call(int k, cudaError_t error) {
  change([=](Machine& m) { m.calls_until_failure = k, m.planned_error = error; });
}
void fail_next(const std::string& call_name, cudaError_t error) {
  change([&](Machine& m) { m.planned_by_name[call_name] = error; });
}

std::vector<std::string> call_names() {
  const std::lock_guard lock(machine_lock());
  return machine().calls;
}

Live live() {
  const std::lock_guard lock(machine_lock());
  const auto count = [](const auto& map) { return static_cast<int>(map.size()); };
  return {num_allocations(),           num_pinned(),         count(all_streams().streams),
          count(all_streams().events), count(all_handles()), count(all_modules())};
}

}  // namespace cuda_on_cpu
