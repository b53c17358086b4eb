// Sums across threads: through shared memory, through shuffles of a warp and of tiles of a warp.

namespace {

constexpr unsigned kAllLanes = 0xFFFFFFFFu;

__device__ double sum_of_lanes(double x, int width) {
  for (int step = width / 2; step > 0; step /= 2) x += __shfl_xor_sync(kAllLanes, x, step, width);
  return x;
}

}  // namespace

// sums: one a block. A block has up to 256 threads, a power of two; x has one value a thread.
__global__ void block_sum_kernel(const double* x, double* sums) {
  __shared__ double sm_partial[256];
  const unsigned i = threadIdx.x;
  sm_partial[i] = x[blockIdx.x * blockDim.x + i];
  __syncthreads();
  for (unsigned half = blockDim.x / 2; half > 0; half /= 2) {
    if (i < half) sm_partial[i] += sm_partial[i + half];
    __syncthreads();
  }
  if (i == 0) sums[blockIdx.x] = sm_partial[0];
}

__global__ void warp_sum_kernel(const double* x, double* of_warp, double* of_tile) {
  const unsigned i = blockIdx.x * blockDim.x + threadIdx.x;
  of_warp[i] = sum_of_lanes(x[i], 32);
  of_tile[i] = sum_of_lanes(x[i], 8);
}

// Each lane: the values of the lane below, the lane above and lane 3 of its tile of 8, and votes.
__global__ void shuffle_kernel(const int* x, int* below, int* above, int* third, unsigned* votes) {
  const unsigned i = threadIdx.x;
  below[i] = __shfl_up_sync(kAllLanes, x[i], 1, 8);
  above[i] = __shfl_down_sync(kAllLanes, x[i], 1, 8);
  third[i] = __shfl_sync(kAllLanes, x[i], 3, 8);
  const bool odd = (x[i] & 1) != 0;
  votes[3 * i] = __ballot_sync(kAllLanes, odd);
  votes[3 * i + 1] = __any_sync(kAllLanes, odd);
  votes[3 * i + 2] = __all_sync(kAllLanes, odd);
}

// What the block agrees on: any, all and how many of its numbers are odd.
__global__ void __launch_bounds__(96)
    block_vote_kernel(const int* x, int* any, int* all, int* count) {
  const unsigned i = threadIdx.x;
  const int odd = x[i] & 1;
  any[i] = __syncthreads_or(odd);
  all[i] = __syncthreads_and(odd);
  count[i] = __syncthreads_count(odd);
}

// Lanes hand values to their neighbours through shared memory with a barrier of the warp only; the
// two halves of the warp go through different branches.
__global__ void half_warp_kernel(const int* x, int* swapped) {
  __shared__ int sm_x[32];
  const unsigned i = threadIdx.x;
  if (i < 16) {
    sm_x[i] = x[i];
    __syncwarp(0x0000FFFFu);
    swapped[i] = sm_x[i ^ 1];
  } else {
    sm_x[i] = x[i];
    __syncwarp(0xFFFF0000u);
    swapped[i] = sm_x[i ^ 1] + 1000;
  }
}
