// Mistakes that a GPU forgives, or punishes far away, end the process with a sentence that names
// them.

#include <cublas_v2.h>

#include "tests/cuda_on_cpu/child.h"
#include "tests/cuda_on_cpu/samples.h"
#include "tests/cuda_on_cpu/sanitizers.h"
#include "tests/cuda_on_cpu/test_device.h"

namespace isoloss {
namespace {

double* new_device(std::size_t count) {
  double* d = nullptr;
  cudaMalloc(&d, count * sizeof(double));
  return d;
}

void host_pointer() {
  double h = 0;
  samples::leave_early(&h, 1, nullptr);
}

void host_pointer_in_struct() {
  double h = 0;
  samples::pick({&h, new_device(1), 0}, nullptr);
}

void pointer_of_another_device() {
  cuda_on_cpu::set_device_count(2);
  double* d = new_device(1);
  cudaSetDevice(1);
  samples::leave_early(d, 1, nullptr);
}

void freed_pointer() {
  double* d = new_device(1);
  cudaFree(d);
  samples::leave_early(d, 1, nullptr);
}

void host_reads_device() {
  const volatile double* d = new_device(1);
  static_cast<void>(*d);
}

void write_one_too_far() {
  double* d = new_device(39);
  samples::leave_early(d, 40, nullptr);
  cudaFree(d);
}

void read_far_behind() {
  double* d = new_device(32);
  samples::pick({d, d, 33}, nullptr);
  cudaDeviceSynchronize();
}

void too_little_shared_memory() {
  double* d = new_device(64);
  samples::reverse(d, d, 64, 63, nullptr);
  cudaDeviceSynchronize();
}

void divergent_barrier() {
  samples::diverge(nullptr);
  cudaDeviceSynchronize();
}

void barriers_on_two_lines() {
  samples::meet_on_two_lines(nullptr);
  cudaDeviceSynchronize();
}

void endless_kernel() {
  cuda_on_cpu::set_watchdog(std::chrono::seconds(1));
  samples::wait_for_nobody(static_cast<int*>(static_cast<void*>(new_device(1))), nullptr);
  cudaDeviceSynchronize();
}

void pageable_memory() {
  cuda_on_cpu::set_strict_pinned(true);
  double h = 0;
  cudaMemcpyAsync(new_device(1), &h, sizeof h, cudaMemcpyHostToDevice, nullptr);
}

void host_matrix() {
  cublasHandle_t handle = nullptr;
  cublasCreate(&handle);
  const double one = 1;
  double h = 0;
  cublasDgemm(handle, CUBLAS_OP_N, CUBLAS_OP_N, 1, 1, 1, &one, &h, 1, &h, 1, &one, &h, 1);
}

void missing_barrier() {
  double* d = new_device(4 * 64);
  samples::sum_blocks(d, d, 4, samples::Barriers::one_missing, nullptr);
  cudaDeviceSynchronize();
}

const char* const kPoisoned = "AddressSanitizer: use-after-poison";

const struct Planted {
  const char* mistake;
  void (*body)();
  const char* sentence;
} kPlanted[] = {
    {"a host pointer", host_pointer, "kernel argument 0 is a host pointer"},
    {"a host pointer in a struct", host_pointer_in_struct, "kernel argument 0 is a host pointer"},
    {"a pointer of another device", pointer_of_another_device, "memory of another device"},
    {"a pointer that was freed", freed_pointer, "points to freed device memory"},
    {"a host that reads the device", host_reads_device, "the host touched device memory"},
    {"an index one too large", write_one_too_far,
     cuda_on_cpu::kAddressSanitizer ? kPoisoned : "wrote behind a buffer of 312 bytes"},
    {"an index far too large", read_far_behind, "a kernel touched"},
    {"too little shared memory", too_little_shared_memory,
     cuda_on_cpu::kAddressSanitizer ? kPoisoned
                                    : "wrote behind its 504 bytes of dynamic shared memory"},
    {"a barrier that half a block skips", divergent_barrier, "wait forever"},
    {"barriers on two lines", barriers_on_two_lines, "meet in __syncthreads at"},
    {"a kernel that does not end", endless_kernel, "still runs after 1 s"},
    {"an asynchronous copy of pageable memory", pageable_memory, "not pinned"},
    {"a host matrix for cuBLAS", host_matrix, "matrix A is not in device memory"},
};

}  // namespace

TEST_CASE("CUDA on CPU: planted mistakes are named") {
  for (const Planted& planted : kPlanted) {
    cuda_on_cpu::reset();
    const std::string output = output_of_child(planted.body);
    INFO(planted.mistake << " printed: " << output);
    CHECK(output.find(planted.sentence) != std::string::npos);
  }
}

TEST_CASE("CUDA on CPU: a missing barrier is a race to ThreadSanitizer") {
  if (!cuda_on_cpu::kThreadSanitizer) {
    WARN("test skipped: only a build with ThreadSanitizer sees races");
    return;
  }
  cuda_on_cpu::reset();
  CHECK(output_of_child(missing_barrier).find("data race") != std::string::npos);
}

}  // namespace isoloss
