#include "tests/cuda_on_cpu/call.h"

#include <algorithm>
#include <utility>

namespace cuda_on_cpu {
namespace {

// Errors after which the context answers nothing else (CUDA Runtime API, enum cudaError).
constexpr cudaError_t kRuinous[] = {
    cudaErrorECCUncorrectable, cudaErrorIllegalAddress,     cudaErrorLaunchTimeout,
    cudaErrorAssert,           cudaErrorIllegalInstruction, cudaErrorMisalignedAddress,
    cudaErrorLaunchFailure,
};

bool is_ruinous(cudaError_t error) {
  return std::find(std::begin(kRuinous), std::end(kRuinous), error) != std::end(kRuinous);
}

cudaError_t missing_device(const Machine& m) {
  // Any driver of the same major version serves a runtime ("minor version compatibility").
  if (m.driver_version / 1000 < m.runtime_version / 1000) return cudaErrorInsufficientDriver;
  return m.num_devices == 0 ? cudaErrorNoDevice : cudaSuccess;
}

cudaError_t planned_failure(Machine& m, const char* name) {
  if (m.calls_until_failure > 0 && --m.calls_until_failure == 0) return m.planned_error;
  const auto planned = m.planned_by_name.find(name);
  if (planned == m.planned_by_name.end()) return cudaSuccess;
  return m.planned_by_name.extract(planned).mapped();
}

cudaError_t refusal_of(Machine& m, const char* name, Call::Needs needs) {
  m.calls.emplace_back(name);
  const cudaError_t planned = planned_failure(m, name);
  if (m.ruined_by == cudaSuccess && is_ruinous(planned)) m.ruined_by = planned;
  if (needs == Call::Needs::device) {
    if (const cudaError_t missing = missing_device(m); missing != cudaSuccess) return missing;
    if (m.ruined_by != cudaSuccess) return m.ruined_by;
  }
  return planned;
}

}  // namespace

Call::Call(const char* name, Needs needs)
    : lock_(machine_lock()), refusal_(refusal_of(machine(), name, needs)) {}

cudaError_t Call::finish(cudaError_t error) const {
  if (error != cudaSuccess && error != cudaErrorNotReady) last_error() = error;
  return error;
}

}  // namespace cuda_on_cpu
