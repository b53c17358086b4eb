// The driver's calls for kernels that are compiled on the machine. A program that is linked with
// them would not start without a driver, so they are looked for.

#pragma once

#include <cuda.h>

namespace isoloss {

struct DriverLibrary {
  decltype(&cuModuleLoadDataEx) load = nullptr;
  decltype(&cuModuleUnload) unload = nullptr;
  decltype(&cuModuleGetFunction) get_function = nullptr;
  decltype(&cuFuncSetAttribute) set_attribute = nullptr;
  decltype(&cuOccupancyMaxActiveBlocksPerMultiprocessor) resident_blocks = nullptr;
  decltype(&cuLaunchKernel) launch = nullptr;
  bool found = false;  // all of them
};

// Looks once.
const DriverLibrary& driver_library();

}  // namespace isoloss
