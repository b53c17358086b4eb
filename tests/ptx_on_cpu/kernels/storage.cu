// Where values live: dynamic shared memory, parameters by value, local arrays, variables of the
// module, a work queue in global memory, calls of functions.

struct Weights {
  int num_weights;
  double weights[5];
  const double* x;
  short scale;
};

namespace {

__constant__ double table[4] = {1, 10, 100, 1000};
__device__ unsigned num_launches;

// A call with a structure by value, which indexes an array of its own copy.
__device__ __noinline__ double weighted(double x, Weights weights, int i) {
  return x * weights.weights[i] * weights.scale;
}

// Waits inside of a call.
__device__ __noinline__ double from_neighbour(double x, double* sm_x) {
  sm_x[threadIdx.x] = x;
  __syncthreads();
  return sm_x[(threadIdx.x + 1) % blockDim.x];
}

}  // namespace

__global__ void weights_kernel(Weights weights, double* out) {
  const int i = static_cast<int>(threadIdx.x);
  out[i] = weighted(weights.x[i], weights, i % weights.num_weights) + table[i % 4];
  if (i == 0) atomicAdd(&num_launches, 1u);
}

__global__ void num_launches_kernel(unsigned* out) { *out = num_launches; }

// Dynamic shared memory holds blockDim.x doubles, then as many ints.
__global__ void rotate_kernel(double* x, int* ranks) {
  extern __shared__ double sm_rows[];
  int* sm_ranks = reinterpret_cast<int*>(sm_rows + blockDim.x);
  const unsigned i = threadIdx.x;
  sm_ranks[i] = ranks[i];
  x[i] = from_neighbour(x[i], sm_rows);
  ranks[i] = sm_ranks[blockDim.x - 1 - i];
}

// A local array with an index known only at run time: counts[digit] of each number.
__global__ void digits_kernel(const unsigned* numbers, int digit, int* counts) {
  int of_digit[10] = {};
  for (unsigned left = numbers[threadIdx.x]; left > 0; left /= 10) ++of_digit[left % 10];
  counts[threadIdx.x] = of_digit[digit];
}

// Each warp takes the next item until there is none; sums: one an item, histogram: one a thread.
__global__ void queue_kernel(unsigned* next, unsigned num_items, const double* x, double* sums,
                             unsigned* histogram) {
  while (true) {
    unsigned item = 0;
    if (threadIdx.x % 32 == 0) item = atomicAdd(next, 1u);
    item = __shfl_sync(0xFFFFFFFFu, item, 0);
    if (item >= num_items) return;
    atomicAdd(&sums[item], x[item] + threadIdx.x % 32);
    atomicAdd(&histogram[threadIdx.x / 32], 1u);
    atomicMax(&histogram[31], item);
  }
}

// Histogram by atomics in shared memory; bins: 16
__global__ void bins_kernel(const unsigned* x, unsigned* bins) {
  __shared__ unsigned sm_bins[16];
  if (threadIdx.x < 16) sm_bins[threadIdx.x] = 0;
  __syncthreads();
  atomicAdd(&sm_bins[x[threadIdx.x] % 16], 1u);
  __syncthreads();
  if (threadIdx.x < 16) bins[threadIdx.x] = sm_bins[threadIdx.x];
}
