// The driver's calls that compile and launch kernels.

#include "tests/cuda_on_cpu/driver.h"

#include <cstring>

#include "cuda_on_cpu/runtime_api.h"
#include "tests/cuda_on_cpu/call.h"
#include "tests/cuda_on_cpu/device_memory.h"

namespace cuda_on_cpu {
namespace {

constexpr auto kNotFound = static_cast<cudaError_t>(500);  // CUDA_ERROR_NOT_FOUND

std::vector<std::pair<std::string, DriverLaunch>>& launches() {
  static std::vector<std::pair<std::string, DriverLaunch>> all;
  return all;
}

// A function of a live module of the current device.
bool is_alive(CUfunction function) {
  for (const auto& [handle, module] : all_modules())
    for (const auto& own : module->functions)
      if (own.get() == function) return module->device == current_device();
  return false;
}

template <class Work>
CUresult driver_call(const char* name, Work work) {
  return static_cast<CUresult>(api_call(name, work));
}

template <class Work>
CUresult function_call(const char* name, CUfunction function, Work work) {
  return driver_call(name, [&] {
    return is_alive(function) ? static_cast<cudaError_t>(work()) : cudaErrorInvalidResourceHandle;
  });
}

}  // namespace

std::map<CUmodule, std::unique_ptr<CUmod_st>>& all_modules() {
  static std::map<CUmodule, std::unique_ptr<CUmod_st>> modules;
  return modules;
}

void set_driver_kernel(const std::string& part, DriverLaunch launch) {
  launches().emplace_back(part, launch);
}

void* allocate_for(CUfunction function, std::size_t num_bytes) {
  void* place = allocate_on_device(function->module->device, num_bytes);
  if (place != nullptr) function->module->memory.push_back(place);
  return place;
}

}  // namespace cuda_on_cpu

using namespace cuda_on_cpu;

CUresult cuModuleLoadDataEx(CUmodule* module, const void* image, unsigned, CUjit_option*, void**) {
  return driver_call("cuModuleLoadDataEx", [&] {
    auto own = std::make_unique<CUmod_st>();
    own->ptx = static_cast<const char*>(image);
    own->device = current_device();
    if (own->ptx.find(".version ") == std::string::npos) return cudaErrorInvalidPtx;
    *module = own.get();
    all_modules()[*module] = std::move(own);
    return cudaSuccess;
  });
}

CUresult cuModuleUnload(CUmodule module) {
  return static_cast<CUresult>(release_call("cuModuleUnload", [&] {
    if (all_modules().count(module) == 0) return cudaErrorInvalidResourceHandle;
    for (void* place : module->memory) free_on_device(place);
    all_modules().erase(module);
    return cudaSuccess;
  }));
}

CUresult cuModuleGetFunction(CUfunction* function, CUmodule module, const char* name) {
  return driver_call("cuModuleGetFunction", [&] {
    if (module->ptx.find(".entry " + std::string(name) + "(") == std::string::npos)
      return kNotFound;
    for (const auto& [part, launch] : launches()) {
      if (std::strstr(name, part.c_str()) == nullptr) continue;
      module->functions.push_back(std::make_unique<CUfunc_st>(CUfunc_st{module, launch}));
      *function = module->functions.back().get();
      return cudaSuccess;
    }
    return kNotFound;
  });
}

CUresult cuFuncSetAttribute(CUfunction function, CUfunction_attribute, int value) {
  return function_call("cuFuncSetAttribute", function, [&] {
    return cudaFuncSetAttribute(function, cudaFuncAttributeMaxDynamicSharedMemorySize, value);
  });
}

CUresult cuOccupancyMaxActiveBlocksPerMultiprocessor(int* num_blocks, CUfunction function,
                                                     int block_size, std::size_t shared_bytes) {
  return function_call("cuOccupancyMaxActiveBlocksPerMultiprocessor", function, [&] {
    return cudaOccupancyMaxActiveBlocksPerMultiprocessor(num_blocks, function, block_size,
                                                         shared_bytes);
  });
}

CUresult cuLaunchKernel(CUfunction function, unsigned grid_x, unsigned grid_y, unsigned grid_z,
                        unsigned block_x, unsigned block_y, unsigned block_z, unsigned shared_bytes,
                        CUstream stream, void** arguments, void**) {
  return function_call("cuLaunchKernel", function, [&] {
    cudaLaunchConfig_t config{};
    config.gridDim = dim3(grid_x, grid_y, grid_z);
    config.blockDim = dim3(block_x, block_y, block_z);
    config.dynamicSmemBytes = shared_bytes;
    config.stream = stream;
    return function->launch(config, function, arguments);
  });
}
