// The runtime's calls about devices, versions and what a kernel may use.

#include <algorithm>
#include <cstdio>

#include "cuda_on_cpu/runtime_api.h"
#include "tests/cuda_on_cpu/call.h"
#include "tests/cuda_on_cpu/device_memory.h"
#include "tests/cuda_on_cpu/stream.h"

namespace cuda_on_cpu {
namespace {

// A small device of compute capability 9.0, so that a grid that fills it is small too.
cudaDeviceProp properties() {
  cudaDeviceProp p{};
  std::snprintf(p.name, sizeof p.name, "CUDA on CPU");
  p.totalGlobalMem = machine().memory_limit;
  p.sharedMemPerBlock = kSharedPerBlock;
  p.regsPerBlock = p.regsPerMultiprocessor = kRegisters;
  p.warpSize = 32;
  p.maxThreadsPerBlock = kThreadsPerBlock;
  p.major = 9;
  p.multiProcessorCount = machine().num_multiprocessors;
  p.l2CacheSize = 1 << 20;
  p.maxThreadsPerMultiProcessor = kThreadsPerProcessor;
  p.sharedMemPerMultiprocessor = kSharedPerProcessor;
  p.sharedMemPerBlockOptin = kSharedPerBlockOptin;
  p.maxBlocksPerMultiProcessor = kBlocksPerProcessor;
  p.reservedSharedMemPerBlock = kSharedReserved;
  return p;
}

struct AttributeRow {
  cudaDeviceAttr attribute;
  std::size_t (*value)(const cudaDeviceProp&);
};

template <auto member>
std::size_t value_of(const cudaDeviceProp& p) {
  return static_cast<std::size_t>(p.*member);
}

constexpr AttributeRow kAttributes[] = {
    {cudaDevAttrMaxThreadsPerBlock, value_of<&cudaDeviceProp::maxThreadsPerBlock>},
    {cudaDevAttrMaxSharedMemoryPerBlock, value_of<&cudaDeviceProp::sharedMemPerBlock>},
    {cudaDevAttrWarpSize, value_of<&cudaDeviceProp::warpSize>},
    {cudaDevAttrMaxRegistersPerBlock, value_of<&cudaDeviceProp::regsPerBlock>},
    {cudaDevAttrMultiProcessorCount, value_of<&cudaDeviceProp::multiProcessorCount>},
    {cudaDevAttrL2CacheSize, value_of<&cudaDeviceProp::l2CacheSize>},
    {cudaDevAttrMaxThreadsPerMultiProcessor,
     value_of<&cudaDeviceProp::maxThreadsPerMultiProcessor>},
    {cudaDevAttrComputeCapabilityMajor, value_of<&cudaDeviceProp::major>},
    {cudaDevAttrComputeCapabilityMinor, value_of<&cudaDeviceProp::minor>},
    {cudaDevAttrMaxSharedMemoryPerMultiprocessor,
     value_of<&cudaDeviceProp::sharedMemPerMultiprocessor>},
    {cudaDevAttrMaxRegistersPerMultiprocessor, value_of<&cudaDeviceProp::regsPerMultiprocessor>},
    {cudaDevAttrMaxSharedMemoryPerBlockOptin, value_of<&cudaDeviceProp::sharedMemPerBlockOptin>},
    {cudaDevAttrMaxBlocksPerMultiprocessor, value_of<&cudaDeviceProp::maxBlocksPerMultiProcessor>},
    {cudaDevAttrReservedSharedMemoryPerBlock, value_of<&cudaDeviceProp::reservedSharedMemPerBlock>},
};

bool is_device(int device) { return device >= 0 && device < machine().num_devices; }

// The limits of blocks, threads and shared memory; registers are the compiler's business.
int blocks_at_once(int block_size, std::size_t shared_bytes) {
  const auto by_shared = static_cast<int>(kSharedPerProcessor / (shared_bytes + kSharedReserved));
  return std::min({kBlocksPerProcessor, kThreadsPerProcessor / block_size, by_shared});
}

}  // namespace
}  // namespace cuda_on_cpu

using cuda_on_cpu::api_call;
using cuda_on_cpu::Call;
using cuda_on_cpu::is_device;
using cuda_on_cpu::machine;

cudaError_t cudaDriverGetVersion(int* version) {
  const auto work = [=] { return *version = machine().driver_version, cudaSuccess; };
  return api_call("cudaDriverGetVersion", work, Call::Needs::nothing);
}

cudaError_t cudaRuntimeGetVersion(int* version) {
  const auto work = [=] { return *version = machine().runtime_version, cudaSuccess; };
  return api_call("cudaRuntimeGetVersion", work, Call::Needs::nothing);
}

cudaError_t cudaGetDeviceCount(int* count) {
  *count = 0;
  return api_call("cudaGetDeviceCount",
                  [=] { return *count = machine().num_devices, cudaSuccess; });
}

cudaError_t cudaSetDevice(int device) {
  return api_call("cudaSetDevice", [=] {
    if (!is_device(device)) return cudaErrorInvalidDevice;
    cuda_on_cpu::current_device() = device;
    return cudaSuccess;
  });
}

cudaError_t cudaGetDevice(int* device) {
  return api_call("cudaGetDevice",
                  [=] { return *device = cuda_on_cpu::current_device(), cudaSuccess; });
}

cudaError_t cudaGetDeviceProperties(cudaDeviceProp* properties, int device) {
  return api_call("cudaGetDeviceProperties", [=] {
    if (!is_device(device)) return cudaErrorInvalidDevice;
    *properties = cuda_on_cpu::properties();
    return cudaSuccess;
  });
}

cudaError_t cudaDeviceGetAttribute(int* value, cudaDeviceAttr attribute, int device) {
  return api_call("cudaDeviceGetAttribute", [=] {
    if (!is_device(device)) return cudaErrorInvalidDevice;
    for (const auto& row : cuda_on_cpu::kAttributes) {
      if (row.attribute != attribute) continue;
      *value = static_cast<int>(row.value(cuda_on_cpu::properties()));
      return cudaSuccess;
    }
    return cudaErrorInvalidValue;
  });
}

cudaError_t cudaMemGetInfo(std::size_t* free_bytes, std::size_t* total_bytes) {
  return api_call("cudaMemGetInfo", [=] {
    *total_bytes = machine().memory_limit;
    *free_bytes = *total_bytes - cuda_on_cpu::used_bytes(cuda_on_cpu::current_device());
    return cudaSuccess;
  });
}

cudaError_t cudaDeviceSynchronize() {
  return api_call("cudaDeviceSynchronize", [] {
    cuda_on_cpu::run_device(cuda_on_cpu::current_device());
    return cudaSuccess;
  });
}

cudaError_t cudaFuncSetAttribute(const void* kernel, cudaFuncAttribute attribute, int value) {
  return api_call("cudaFuncSetAttribute", [=] {
    if (attribute != cudaFuncAttributeMaxDynamicSharedMemorySize) return cudaSuccess;
    if (value < 0 || static_cast<std::size_t>(value) > cuda_on_cpu::kSharedPerBlockOptin)
      return cudaErrorInvalidValue;
    machine().dynamic_shared_limit[kernel] = value;
    return cudaSuccess;
  });
}

cudaError_t cudaFuncGetAttributes(cudaFuncAttributes* attributes, const void*) {
  return api_call("cudaFuncGetAttributes", [=] {
    *attributes = {};
    attributes->maxThreadsPerBlock = cuda_on_cpu::kThreadsPerBlock;
    attributes->numRegs = 32;
    attributes->ptxVersion = attributes->binaryVersion = 90;
    attributes->maxDynamicSharedSizeBytes = static_cast<int>(cuda_on_cpu::kSharedPerBlock);
    return cudaSuccess;
  });
}

cudaError_t cudaOccupancyMaxActiveBlocksPerMultiprocessor(int* num_blocks, const void*,
                                                          int block_size,
                                                          std::size_t shared_bytes) {
  return api_call("cudaOccupancyMaxActiveBlocksPerMultiprocessor", [=] {
    if (block_size < 1) return cudaErrorInvalidValue;
    *num_blocks = cuda_on_cpu::blocks_at_once(block_size, shared_bytes);
    return cudaSuccess;
  });
}
