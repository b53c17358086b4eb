// Streams, events, copies and several devices behave as CUDA says, and as late as it allows.

#include <cmath>

#include "tests/cuda_on_cpu/samples.h"
#include "tests/cuda_on_cpu/test_device.h"

namespace isoloss {
namespace {

struct Stream {
  Stream() { REQUIRE(cudaStreamCreateWithFlags(&handle, cudaStreamNonBlocking) == cudaSuccess); }
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;
  ~Stream() { cudaStreamDestroy(handle); }
  cudaStream_t handle = nullptr;
};

struct Pinned {
  Pinned() { REQUIRE(cudaMallocHost(&value, sizeof(double)) == cudaSuccess); }
  Pinned(const Pinned&) = delete;
  Pinned& operator=(const Pinned&) = delete;
  ~Pinned() { cudaFreeHost(value); }
  double* value = nullptr;
};

cudaError_t download(double* h_to, const double* d_from, cudaStream_t stream) {
  return cudaMemcpyAsync(h_to, d_from, sizeof(double), cudaMemcpyDeviceToHost, stream);
}

cudaError_t upload(double* d_to, const double* h_from, cudaStream_t stream) {
  return cudaMemcpyAsync(d_to, h_from, sizeof(double), cudaMemcpyHostToDevice, stream);
}

}  // namespace

TEST_CASE("CUDA on CPU: a result is NaN until its stream is waited for") {
  const FreshMachine machine;
  const Stream stream;
  const Pinned h_out;
  const DeviceArray<double> d_in(std::vector<double>{7});
  *h_out.value = 3;
  REQUIRE(download(h_out.value, d_in.data(), stream.handle) == cudaSuccess);
  CHECK(std::isnan(*h_out.value));
  REQUIRE(cudaStreamSynchronize(stream.handle) == cudaSuccess);
  CHECK(*h_out.value == 7);
}

TEST_CASE("CUDA on CPU: a buffer that changes before its copy ran is copied changed") {
  const FreshMachine machine;
  const Stream stream;
  const Pinned h_in;
  const DeviceArray<double> d_out(1);
  *h_in.value = 1;
  REQUIRE(upload(d_out.data(), h_in.value, stream.handle) == cudaSuccess);
  *h_in.value = 2;
  REQUIRE(cudaStreamSynchronize(stream.handle) == cudaSuccess);
  CHECK(d_out.values() == std::vector<double>{2});
}

TEST_CASE("CUDA on CPU: a stream waits for an event of another, and no further") {
  const FreshMachine machine;
  const Stream first, second;
  const Pinned h_in, h_out;
  const DeviceArray<double> d(1);
  cudaEvent_t event = nullptr;
  REQUIRE(cudaEventCreateWithFlags(&event, cudaEventDisableTiming) == cudaSuccess);
  *h_in.value = 5;
  REQUIRE(upload(d.data(), h_in.value, first.handle) == cudaSuccess);
  REQUIRE(cudaEventRecord(event, first.handle) == cudaSuccess);
  REQUIRE(cudaMemsetAsync(d.data(), 0, sizeof(double), first.handle) == cudaSuccess);
  REQUIRE(cudaStreamWaitEvent(second.handle, event, 0) == cudaSuccess);
  REQUIRE(download(h_out.value, d.data(), second.handle) == cudaSuccess);
  REQUIRE(cudaStreamSynchronize(second.handle) == cudaSuccess);
  CHECK(*h_out.value == 5);
  CHECK(cudaStreamQuery(first.handle) == cudaErrorNotReady);
  CHECK(cudaStreamQuery(first.handle) == cudaSuccess);
  CHECK(cudaEventDestroy(event) == cudaSuccess);
}

TEST_CASE("CUDA on CPU: a copy says no to memory of the wrong side or too small") {
  const FreshMachine machine;
  const DeviceArray<double> d(1);
  double h[2] = {1, 2};
  CHECK(cudaMemcpy(h, h, sizeof(double), cudaMemcpyHostToDevice) == cudaErrorInvalidValue);
  CHECK(cudaMemcpy(d.data(), d.data(), 8, cudaMemcpyHostToDevice) == cudaErrorInvalidValue);
  CHECK(cudaMemcpy(d.data(), h, sizeof h, cudaMemcpyHostToDevice) == cudaErrorInvalidValue);
  CHECK(cudaMemset(h, 0, sizeof h) == cudaErrorInvalidValue);
}

TEST_CASE("CUDA on CPU: each device has its own memory and streams") {
  const FreshMachine machine;
  cuda_on_cpu::set_device_count(2);
  cuda_on_cpu::set_memory_limit(1024);
  const Stream first;
  REQUIRE(cudaSetDevice(1) == cudaSuccess);
  const DeviceArray<double> d_out(100);
  void* d_more = nullptr;
  CHECK(cudaMalloc(&d_more, 257) == cudaErrorMemoryAllocation);
  CHECK(samples::leave_early(d_out.data(), 1, first.handle) == cudaErrorInvalidResourceHandle);
  REQUIRE(cudaSetDevice(0) == cudaSuccess);
  std::size_t free_bytes = 0, total_bytes = 0;
  CHECK(cudaMemGetInfo(&free_bytes, &total_bytes) == cudaSuccess);
  CHECK(free_bytes == 1024);
  CHECK(cudaSetDevice(2) == cudaErrorInvalidDevice);
}

}  // namespace isoloss
