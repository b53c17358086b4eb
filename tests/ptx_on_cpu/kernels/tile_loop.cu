// What tests must know of the product's tiles, and its loop of a tile with a barrier left out.

#include "cuda/fit_kernels.cuh"
#include "fits/laws/chinchilla.h"

namespace isoloss {

// bytes: shared memory of the minimiser and of the polish, without runs
template <class Code>
__global__ void tile_bytes_kernel(std::size_t* bytes) {
  bytes[0] = MinimiseMemory<Code>::kBytes;
  bytes[1] = PolishMemory<Code>::kBytes;
}
template __global__ void tile_bytes_kernel<OwnCode<laws::chinchilla>>(std::size_t*);
template __global__ void tile_bytes_kernel<TapeCode<5>>(std::size_t*);
template __global__ void tile_bytes_kernel<TapeCode<8>>(std::size_t*);
template __global__ void tile_bytes_kernel<TapeCode<16>>(std::size_t*);

enum class Missing { nothing, before_evaluate, before_take };

// work_in_tiles without one of its barriers.
template <Missing missing, class Work>
__device__ void work_with_mistake(int* queue, int num_items, Work& work) {
  const bool leads = ThreadLane::leads();
  bool open = true;
  int item = -1;
  for (;;) {
    if (leads && item >= 0 && work.done()) {
      work.end(item);
      item = -1;
    }
    if (leads && item < 0 && open) {
      item = atomicAdd(queue, 1);
      open = item < num_items;
      if (open) work.begin(item);
      if (!open) item = -1;
    }
    item = __shfl_sync(tile_mask(), item, 0, kNumLanes);
    if (missing != Missing::before_evaluate) __syncwarp();
    if (!__any_sync(kWholeWarp, item >= 0)) return;
    if (item >= 0) work.evaluate(item);
    if (missing != Missing::before_take) __syncwarp();
    if (leads && item >= 0) work.take();
  }
}

struct SumState {
  double point;
  double sum;
  int rounds;
};

// Item i: its x times 28, the sum of the lanes' numbers, 1 + i % 3 times.
struct SumWork {
  SumState& state;
  const double* x;
  double* out;

  __device__ void begin(int item) { state = {x[item], 0, 1 + item % 3}; }
  __device__ bool done() const { return state.rounds == 0; }
  __device__ void evaluate(int) {
    const ThreadLane product = ThreadLane(state.point) * ThreadLane(lane_of_thread());
    detail::set<ThreadLane>(state.sum, sum_of_lanes(product));
  }
  __device__ void take() {
    state.point = state.sum;
    --state.rounds;
  }
  __device__ void end(int item) { out[item] = state.point; }
};

template <Missing missing>
__global__ void __launch_bounds__(kBlockThreads, 1)
    tile_loop_kernel(int* queue, int num_items, const double* x, double* out) {
  auto* states = reinterpret_cast<SumState*>(isoloss_shared);
  SumWork work{states[threadIdx.x / kNumLanes], x, out};
  if constexpr (missing == Missing::nothing) {
    work_in_tiles(queue, num_items, work);
  } else {
    work_with_mistake<missing>(queue, num_items, work);
  }
}
template __global__ void tile_loop_kernel<Missing::nothing>(int*, int, const double*, double*);
template __global__ void tile_loop_kernel<Missing::before_evaluate>(int*, int, const double*,
                                                                    double*);
template __global__ void tile_loop_kernel<Missing::before_take>(int*, int, const double*, double*);

}  // namespace isoloss
