// What the driver's double has: modules of PTX that it cannot read, and what a test has run in
// their place.

#pragma once

#include <cuda.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "cuda_on_cpu/launch.h"

namespace cuda_on_cpu {

// Launches what stands in for a kernel. arguments: the address of each
using DriverLaunch = cudaError_t (*)(const cudaLaunchConfig_t& config, CUfunction function,
                                     void** arguments);

// For kernels whose names contain `part`, until the process ends.
void set_driver_kernel(const std::string& part, DriverLaunch launch);

// Device memory that lives as long as the function's module; null if there is too little.
void* allocate_for(CUfunction function, std::size_t num_bytes);

std::map<CUmodule, std::unique_ptr<CUmod_st>>& all_modules();

}  // namespace cuda_on_cpu

struct CUfunc_st {
  CUmodule module;
  cuda_on_cpu::DriverLaunch launch;
};

struct CUmod_st {
  std::string ptx;
  int device = 0;
  std::vector<std::unique_ptr<CUfunc_st>> functions;
  std::vector<void*> memory;
};
