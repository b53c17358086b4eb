// Kernels with one mistake each, and the same without it. One block of 64 threads.

#include <cassert>

// A barrier is missing between the write and the read of another thread.
template <bool buggy>
__global__ void race_kernel(const double* x, double* out) {
  __shared__ double sm_x[64];
  sm_x[threadIdx.x] = x[threadIdx.x];
  if (!buggy) __syncthreads();
  out[threadIdx.x] = sm_x[63 - threadIdx.x];
}
template __global__ void race_kernel<false>(const double*, double*);
template __global__ void race_kernel<true>(const double*, double*);

// A barrier is missing before memory that others may still read is written again.
template <bool buggy>
__global__ void reuse_kernel(const double* x, double* out) {
  __shared__ double sm_x[64];
  double sum = 0;
  for (int round = 0; round < 3; ++round) {
    sm_x[threadIdx.x] = x[threadIdx.x] + round;
    __syncthreads();
    sum += sm_x[(threadIdx.x + 32) % 64];
    if (!buggy) __syncthreads();
  }
  out[threadIdx.x] = sum;
}
template __global__ void reuse_kernel<false>(const double*, double*);
template __global__ void reuse_kernel<true>(const double*, double*);

// The barrier of the warp is missing between lanes.
template <bool buggy>
__global__ void warp_race_kernel(const double* x, double* out) {
  __shared__ double sm_x[64];
  sm_x[threadIdx.x] = x[threadIdx.x];
  if (!buggy) __syncwarp();
  out[threadIdx.x] = sm_x[threadIdx.x ^ 1];
}
template __global__ void warp_race_kernel<false>(const double*, double*);
template __global__ void warp_race_kernel<true>(const double*, double*);

// The last thread reads one value too far.
template <bool buggy>
__global__ void global_bounds_kernel(const double* x, double* out) {
  out[threadIdx.x] = x[threadIdx.x + (buggy ? 1 : 0)];
}
template __global__ void global_bounds_kernel<false>(const double*, double*);
template __global__ void global_bounds_kernel<true>(const double*, double*);

// The last thread writes one value too far, where another variable may begin.
template <bool buggy>
__global__ void shared_bounds_kernel(const double* x, double* out) {
  __shared__ double sm_x[64];
  __shared__ double sm_scale[1];
  if (threadIdx.x == 0) sm_scale[0] = x[3];
  sm_x[threadIdx.x + (buggy ? 1 : 0)] = x[threadIdx.x];
  __syncthreads();
  out[threadIdx.x] = sm_x[threadIdx.x ^ 1] * sm_scale[0];
}
template __global__ void shared_bounds_kernel<false>(const double*, double*);
template __global__ void shared_bounds_kernel<true>(const double*, double*);

// Half of the threads leave before the barrier.
template <bool buggy>
__global__ void divergent_barrier_kernel(const double* x, double* out) {
  if (buggy && threadIdx.x >= 32) return;
  __syncthreads();
  out[threadIdx.x] = x[threadIdx.x];
}
template __global__ void divergent_barrier_kernel<false>(const double*, double*);
template __global__ void divergent_barrier_kernel<true>(const double*, double*);

// A lane reads from one that is not in the mask.
template <bool buggy>
__global__ void shuffle_source_kernel(const double* x, double* out) {
  double value = x[threadIdx.x];
  if (threadIdx.x % 32 < 8) value += __shfl_xor_sync(0xFFu, value, buggy ? 8 : 4);
  out[threadIdx.x] = value;
}
template __global__ void shuffle_source_kernel<false>(const double*, double*);
template __global__ void shuffle_source_kernel<true>(const double*, double*);

// All lanes call, but the mask has half of them.
template <bool buggy>
__global__ void shuffle_mask_kernel(const double* x, double* out) {
  out[threadIdx.x] = __shfl_xor_sync(buggy ? 0xFFFFu : 0xFFFFFFFFu, x[threadIdx.x], 1);
}
template __global__ void shuffle_mask_kernel<false>(const double*, double*);
template __global__ void shuffle_mask_kernel<true>(const double*, double*);

// A lane of the mask waits elsewhere.
template <bool buggy>
__global__ void stuck_warp_kernel(const double* x, double* out) {
  double value = x[threadIdx.x];
  if (buggy && threadIdx.x % 32 == 5) {
    __syncwarp();
  } else {
    value += __shfl_sync(0xFFFFFFFFu, value, 0);
  }
  out[threadIdx.x] = value;
}
template __global__ void stuck_warp_kernel<false>(const double*, double*);
template __global__ void stuck_warp_kernel<true>(const double*, double*);

// A double from an address that is no multiple of 8.
template <bool buggy>
__global__ void misaligned_kernel(const double* x, double* out) {
  const char* bytes = reinterpret_cast<const char*>(x) + (buggy ? 4 : 0);
  out[threadIdx.x] = threadIdx.x < 32 ? reinterpret_cast<const double*>(bytes)[threadIdx.x] : 0;
}
template __global__ void misaligned_kernel<false>(const double*, double*);
template __global__ void misaligned_kernel<true>(const double*, double*);

// An assertion that does not hold, and a trap.
template <bool buggy>
__global__ void assertion_kernel(const double* x, double* out) {
  assert(x[threadIdx.x] > (buggy ? 1 : 0));
  out[threadIdx.x] = x[threadIdx.x];
}
template __global__ void assertion_kernel<false>(const double*, double*);
template __global__ void assertion_kernel<true>(const double*, double*);

template <bool buggy>
__global__ void trap_kernel(const double* x, double* out) {
  if (buggy && x[threadIdx.x] > 0) __trap();
  out[threadIdx.x] = x[threadIdx.x];
}
template __global__ void trap_kernel<false>(const double*, double*);
template __global__ void trap_kernel<true>(const double*, double*);

// One value of shared memory is read that nobody has written.
template <bool buggy>
__global__ void uninitialised_kernel(const double* x, double* out) {
  __shared__ double sm_x[64];
  if (!buggy || threadIdx.x != 9) sm_x[threadIdx.x] = x[threadIdx.x];
  __syncthreads();
  out[threadIdx.x] = sm_x[63 - threadIdx.x];
}
template __global__ void uninitialised_kernel<false>(const double*, double*);
template __global__ void uninitialised_kernel<true>(const double*, double*);
