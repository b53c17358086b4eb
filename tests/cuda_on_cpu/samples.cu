// Kernels in the style of the product's, to test the double with; nvcc compiles them too.

#include <cuda_runtime.h>

#include "tests/cuda_on_cpu/samples.h"

namespace isoloss {

extern __shared__ unsigned char isoloss_shared[];

namespace samples {
namespace {

constexpr unsigned kThreads = 64;
constexpr unsigned kAll = 0xffffffffu;

template <class... Params, class... Args>
cudaError_t run(unsigned num_blocks, std::size_t shared_bytes, cudaStream_t stream,
                void (*kernel)(Params...), Args... args) {
  cudaLaunchConfig_t config{};
  config.gridDim = num_blocks;
  config.blockDim = kThreads;
  config.dynamicSmemBytes = shared_bytes;
  config.stream = stream;
  return cudaLaunchKernelEx(&config, kernel, args...);
}

template <Barriers barriers>
__global__ void __launch_bounds__(kThreads, 1)
    sum_blocks_kernel(const double* d_in, double* d_out) {
  static __shared__ double sm_values[kThreads];
  const unsigned i = threadIdx.x;
  sm_values[i] = d_in[blockIdx.x * kThreads + i];
  __syncthreads();
  for (unsigned half = kThreads / 2; half > 0; half /= 2) {
    if (i < half) sm_values[i] += sm_values[i + half];
    if (barriers == Barriers::all || half != kThreads / 4) __syncthreads();
  }
  if (i == 0) d_out[blockIdx.x] = sm_values[0];
}

__global__ void sum_tiles_kernel(const double* d_in, double* d_out, int count, int rounds) {
  const int i = static_cast<int>(blockIdx.x * blockDim.x + threadIdx.x);
  const unsigned tile = 0xffu << (threadIdx.x % warpSize / 8 * 8);
  double sum = i < count ? d_in[i] : 0;
  for (int round = 0; round < rounds; ++round) {
    sum = i < count ? d_in[i] : 0;
    for (int lanes = 4; lanes > 0; lanes /= 2) sum += __shfl_xor_sync(tile, sum, lanes, 8);
  }
  if (i < count) d_out[i] = sum;
}

__global__ void drain_queue_kernel(int* d_next, int* d_taken, int num_items) {
  for (int item = atomicAdd(d_next, 1); item < num_items; item = atomicAdd(d_next, 1))
    atomicAdd(&d_taken[item], 1);
}

__global__ void reverse_kernel(const double* d_in, double* d_out, int count) {
  auto* sm_values = reinterpret_cast<double*>(isoloss_shared);
  const int i = static_cast<int>(threadIdx.x);
  if (i < count) sm_values[i] = d_in[i];
  __syncthreads();
  if (i < count) d_out[i] = sm_values[count - 1 - i];
}

__global__ void leave_early_kernel(double* d_out, int count) {
  const int i = static_cast<int>(threadIdx.x);
  if (i >= count) return;
  __syncthreads();
  double sum = 1;
  for (int lanes = 16; lanes > 0; lanes /= 2) {
    const double other = __shfl_down_sync(kAll, sum, static_cast<unsigned>(lanes));
    if (i % warpSize + lanes < count - i / warpSize * warpSize) sum += other;
  }
  __syncthreads();
  d_out[i] = sum;
}

__global__ void read_fresh_shared_kernel(double* d_out) {
  static __shared__ double sm_value;
  if (threadIdx.x == 0) d_out[0] = sm_value;
}

__global__ void diverge_kernel() {
  if (threadIdx.x < warpSize / 2)
    __syncthreads();
  else
    __syncwarp();
}

__global__ void meet_on_two_lines_kernel() {
  if (threadIdx.x < kThreads / 2)
    __syncthreads();
  else
    __syncthreads();
}

__global__ void wait_for_nobody_kernel(int* d_flag) {
  while (atomicAdd(d_flag, 0) != 0) {
  }
}

__global__ void pick_kernel(Pick run) {
  if (threadIdx.x == 0) run.d_out[0] = run.d_in[run.at];
}

}  // namespace

cudaError_t sum_blocks(const double* d_in, double* d_out, unsigned num_blocks, Barriers barriers,
                       cudaStream_t stream) {
  const auto kernel = barriers == Barriers::all ? sum_blocks_kernel<Barriers::all>
                                                : sum_blocks_kernel<Barriers::one_missing>;
  return run(num_blocks, 0, stream, kernel, d_in, d_out);
}

cudaError_t sum_tiles(const double* d_in, double* d_out, int count, int rounds,
                      cudaStream_t stream) {
  const unsigned num_blocks = (static_cast<unsigned>(count) + kThreads - 1) / kThreads;
  return run(num_blocks, 0, stream, sum_tiles_kernel, d_in, d_out, count, rounds);
}

cudaError_t drain_queue(int* d_next, int* d_taken, int num_items, cudaStream_t stream) {
  return run(2, 0, stream, drain_queue_kernel, d_next, d_taken, num_items);
}

cudaError_t reverse(const double* d_in, double* d_out, int count, int shared_count,
                    cudaStream_t stream) {
  const std::size_t shared_bytes = static_cast<std::size_t>(shared_count) * sizeof(double);
  return run(1, shared_bytes, stream, reverse_kernel, d_in, d_out, count);
}

cudaError_t leave_early(double* d_out, int count, cudaStream_t stream) {
  return run(1, 0, stream, leave_early_kernel, d_out, count);
}

cudaError_t read_fresh_shared(double* d_out, cudaStream_t stream) {
  return run(1, 0, stream, read_fresh_shared_kernel, d_out);
}

cudaError_t diverge(cudaStream_t stream) { return run(1, 0, stream, diverge_kernel); }

cudaError_t meet_on_two_lines(cudaStream_t stream) {
  return run(1, 0, stream, meet_on_two_lines_kernel);
}

cudaError_t wait_for_nobody(int* d_flag, cudaStream_t stream) {
  return run(1, 0, stream, wait_for_nobody_kernel, d_flag);
}

cudaError_t pick(const Pick& pick, cudaStream_t stream) {
  return run(1, 0, stream, pick_kernel, pick);
}

}  // namespace samples
}  // namespace isoloss
