// The loader of the driver's calls in tests: the double's functions instead of a library's.

#include "cuda/driver_library.h"

namespace isoloss {

const DriverLibrary& driver_library() {
  static const DriverLibrary library{cuModuleLoadDataEx,
                                     cuModuleUnload,
                                     cuModuleGetFunction,
                                     cuFuncSetAttribute,
                                     cuOccupancyMaxActiveBlocksPerMultiprocessor,
                                     cuLaunchKernel,
                                     true};
  return library;
}

}  // namespace isoloss
