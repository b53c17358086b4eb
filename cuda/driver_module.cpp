#include "cuda/driver_module.h"

#include <array>

namespace isoloss {
namespace {

// Errors of the driver have the numbers of those of the runtime (CUDA Runtime API, enum cudaError).
void check_driver(CUresult result, const char* call, const char* file, int line) {
  check_cuda(static_cast<cudaError_t>(result), call, file, line);
}

}  // namespace

#define DRIVER_CHECK(call) check_driver(driver_library().call, #call, __FILE__, __LINE__)

DriverModule::DriverModule(const std::string& ptx) {
  if (!driver_library().found)
    throw DeviceError("the driver has no calls to compile kernels with: libcuda.so.1");
  std::array<char, 2048> log{};
  CUjit_option options[] = {CU_JIT_ERROR_LOG_BUFFER, CU_JIT_ERROR_LOG_BUFFER_SIZE_BYTES};
  void* values[] = {log.data(), reinterpret_cast<void*>(log.size() - 1)};
  try {
    DRIVER_CHECK(load(&module_, ptx.c_str(), 2, options, values));
  } catch (const DeviceError& error) {
    throw DeviceError(std::string(error.what()) + (log[0] == '\0' ? "" : "\n") + log.data());
  }
}

DriverModule::~DriverModule() { driver_library().unload(module_); }

DriverKernel DriverModule::kernel(const std::string& name) const {
  DriverKernel out;
  DRIVER_CHECK(get_function(&out.function, module_, name.c_str()));
  return out;
}

int resident_blocks(const LaunchContext& context, DriverKernel kernel, int num_threads,
                    std::size_t shared_bytes) {
  DRIVER_CHECK(set_attribute(kernel.function, CU_FUNC_ATTRIBUTE_MAX_DYNAMIC_SHARED_SIZE_BYTES,
                             static_cast<int>(shared_bytes)));
  int resident = 0;
  DRIVER_CHECK(resident_blocks(&resident, kernel.function, num_threads, shared_bytes));
  return std::max(1, resident * context.num_multiprocessors);
}

void launch_driver_kernel(const LaunchContext& context, const LaunchShape& shape, const char* name,
                          DriverKernel kernel, void** arguments) {
  const CUresult result = driver_library().launch(
      kernel.function, static_cast<unsigned>(shape.num_blocks), 1, 1,
      static_cast<unsigned>(shape.num_threads), 1, 1, static_cast<unsigned>(shape.shared_bytes),
      context.stream, arguments, nullptr);
  check_driver(result, (std::string("launching kernel ") + name + " of a text").c_str(), __FILE__,
               __LINE__);
}

}  // namespace isoloss
