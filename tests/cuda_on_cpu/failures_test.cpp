// A test can make any call fail, take the device or the driver away, and find what is left alive.

#include <cublas_v2.h>

#include <string>

#include "tests/cuda_on_cpu/test_device.h"

namespace isoloss {

TEST_CASE("CUDA on CPU: the call that is to fail fails, once, and is remembered once") {
  const FreshMachine machine;
  int device = 0;
  cuda_on_cpu::fail_call(2, cudaErrorUnknown);
  CHECK(cudaGetDevice(&device) == cudaSuccess);
  CHECK(cudaGetDevice(&device) == cudaErrorUnknown);
  CHECK(cudaGetDevice(&device) == cudaSuccess);
  CHECK(cudaGetLastError() == cudaErrorUnknown);
  CHECK(cudaGetLastError() == cudaSuccess);
  cuda_on_cpu::fail_next("cudaDeviceSynchronize", cudaErrorLaunchOutOfResources);
  CHECK(cudaGetDevice(&device) == cudaSuccess);
  CHECK(cudaDeviceSynchronize() == cudaErrorLaunchOutOfResources);
  CHECK(cuda_on_cpu::num_calls() == 5);
  CHECK(cuda_on_cpu::call_names().back() == "cudaDeviceSynchronize");
}

TEST_CASE("CUDA on CPU: an illegal address ruins the context, yet memory can be freed") {
  const FreshMachine machine;
  void* d = nullptr;
  REQUIRE(cudaMalloc(&d, 1) == cudaSuccess);
  cuda_on_cpu::fail_next("cudaDeviceSynchronize", cudaErrorIllegalAddress);
  CHECK(cudaDeviceSynchronize() == cudaErrorIllegalAddress);
  CHECK(cudaDeviceSynchronize() == cudaErrorIllegalAddress);
  CHECK(cudaGetLastError() == cudaErrorIllegalAddress);
  CHECK(cudaGetLastError() == cudaErrorIllegalAddress);
  CHECK(cudaFree(d) == cudaErrorIllegalAddress);
}

TEST_CASE("CUDA on CPU: without a driver, with an old one or without a device nothing works") {
  const struct {
    int driver, num_devices;
    cudaError_t expected;
  } cases[] = {{0, 1, cudaErrorInsufficientDriver},
               {12080, 1, cudaErrorInsufficientDriver},
               {13000, 0, cudaErrorNoDevice},
               {14000, 1, cudaSuccess}};
  for (const auto& c : cases) {
    const FreshMachine machine;
    cuda_on_cpu::set_versions(c.driver, 13000);
    cuda_on_cpu::set_device_count(c.num_devices);
    int count = -1, version = -1;
    CHECK(cudaGetDeviceCount(&count) == c.expected);
    CHECK(count == (c.expected == cudaSuccess ? 1 : 0));
    CHECK(cudaDriverGetVersion(&version) == cudaSuccess);
    CHECK(version == c.driver);
  }
}

TEST_CASE("CUDA on CPU: everything that is not given back is counted") {
  cuda_on_cpu::reset();
  void* memory = nullptr;
  cudaStream_t stream = nullptr;
  cudaEvent_t event = nullptr;
  cublasHandle_t handle = nullptr;
  REQUIRE(cudaMalloc(&memory, 8) == cudaSuccess);
  REQUIRE(cudaMallocHost(&memory, 8) == cudaSuccess);
  REQUIRE(cudaStreamCreate(&stream) == cudaSuccess);
  REQUIRE(cudaEventCreate(&event) == cudaSuccess);
  REQUIRE(cublasCreate(&handle) == CUBLAS_STATUS_SUCCESS);
  CHECK(cuda_on_cpu::live() == cuda_on_cpu::Live{1, 1, 1, 1, 1});
  cuda_on_cpu::reset();
  CHECK(cuda_on_cpu::live() == cuda_on_cpu::Live{});
}

TEST_CASE("CUDA on CPU: errors have CUDA's names and sentences") {
  CHECK(std::string(cudaGetErrorName(cudaErrorMemoryAllocation)) == "cudaErrorMemoryAllocation");
  CHECK(std::string(cudaGetErrorString(cudaErrorMemoryAllocation)) == "out of memory");
  CHECK(std::string(cudaGetErrorName(static_cast<cudaError_t>(998))) == "unrecognized error code");
}

}  // namespace isoloss
