// Kernels that the driver compiles from a text in PTX, and their launch.

#pragma once

#include <string>

#include "cuda/driver_library.h"
#include "cuda/launch.h"

namespace isoloss {

// One that takes a Job and whether its runs are staged, as those of cuda/fit_kernels.cuh.
struct DriverKernel {
  CUfunction function = nullptr;
};

class DriverModule {
 public:
  // Compiles for the current device, which must be current when the module goes. Throws DeviceError
  // with what the driver says of the text. Cost: a second or so, unless the driver has it in its
  // own cache of compiled texts.
  explicit DriverModule(const std::string& ptx);
  DriverModule(const DriverModule&) = delete;
  DriverModule& operator=(const DriverModule&) = delete;
  ~DriverModule();

  // The kernel of that whole name. Throws DeviceError.
  DriverKernel kernel(const std::string& name) const;

 private:
  CUmodule module_ = nullptr;
};

// As resident_blocks() of cuda/tiles.cuh.
int resident_blocks(const LaunchContext& context, DriverKernel kernel, int num_threads,
                    std::size_t shared_bytes);

// As launch() of cuda/launch.h. arguments: the address of each.
void launch_driver_kernel(const LaunchContext& context, const LaunchShape& shape, const char* name,
                          DriverKernel kernel, void** arguments);

template <class Job>
void launch(const LaunchContext& context, const LaunchShape& shape, const char* name,
            DriverKernel kernel, Job job, bool staged) {
  void* arguments[] = {&job, &staged};
  launch_driver_kernel(context, shape, name, kernel, arguments);
}

}  // namespace isoloss
