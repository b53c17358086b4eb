#include "cuda/driver_library.h"

#include "cuda/dynamic_symbol.h"

namespace isoloss {

const DriverLibrary& driver_library() {
  static const DriverLibrary library = [] {
    DriverLibrary out;
    void* driver = dlopen("libcuda.so.1", RTLD_NOW | RTLD_LOCAL);
    out.found =
        driver != nullptr && find_symbol(driver, "cuModuleLoadDataEx", out.load) &&
        find_symbol(driver, "cuModuleUnload", out.unload) &&
        find_symbol(driver, "cuModuleGetFunction", out.get_function) &&
        find_symbol(driver, "cuFuncSetAttribute", out.set_attribute) &&
        find_symbol(driver, "cuOccupancyMaxActiveBlocksPerMultiprocessor", out.resident_blocks) &&
        find_symbol(driver, "cuLaunchKernel", out.launch);
    return out;
  }();
  return library;
}

}  // namespace isoloss
