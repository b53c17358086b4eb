// The loop of a kernel in which a tile of eight threads works on one fit: the leading thread
// thinks, all eight add up. A tile whose fit has ended takes the next from a queue, and the tiles
// of a warp evaluate together, so that none waits for another's fit.

#pragma once

#include "cuda/jobs.h"
#include "cuda/thread_lane.cuh"

namespace isoloss {

inline constexpr int kWarpThreads = 32;
inline constexpr unsigned kWholeWarp = 0xFFFFFFFFu;
// Of a block on compute capability 7.5: CUDA C++ Programming Guide, "Compute Capabilities".
inline constexpr std::size_t kMostSharedBytes = std::size_t{64} << 10;

// Dynamic shared memory of the block.
alignas(16) extern __shared__ unsigned char isoloss_shared[];

// The runs of one problem as evaluate() reads them: this thread's lane of each group of eight.
struct PackedRuns {
  RunArrays runs;
  const PackedRun* packed;
  int num_padded;

  ISOLOSS_HD const PackedRun& own(int i) const { return packed[i + lane_of_thread()]; }
  ISOLOSS_HD const double* input_at(int index, int i) const {
    return runs.input(index) + own(i).run;
  }
  ISOLOSS_HD const double* target_at(int i) const { return runs.target() + own(i).run; }
  template <class T>
  ISOLOSS_HD T weight_of(int i) const {
    return T(runs.weight()[own(i).run] * own(i).count);
  }
  ISOLOSS_HD double over() const { return runs.over_penalty; }
};

__device__ inline PackedRuns runs_of(const ProblemRuns& problems, const RunArrays& runs,
                                     int problem) {
  return {runs, problems.packed + static_cast<long long>(problem) * problems.stride,
          problems.num_padded[problem]};
}

// Shared memory of a block: a state for each tile, what the block's fits have in common, and the
// runs if they fit in.
template <int num_threads, class State, class Common>
struct TileMemory {
  static constexpr int kThreads = num_threads;
  static constexpr int kTiles = kThreads / kNumLanes;

  State states[kTiles];
  Common common;

  static constexpr std::size_t kBytes = (sizeof(State) * kTiles + sizeof(Common) + 15) / 16 * 16;
  static_assert(kBytes <= kMostSharedBytes);
  // With `most` bytes to be had; the runs stay in global memory if they do not fit.
  static std::size_t num_bytes(const RunArrays& runs, std::size_t most) {
    const std::size_t staged =
        kBytes + sizeof(double) * static_cast<std::size_t>(runs.num_values());
    return staged <= most ? staged : kBytes;
  }
};

// Copies the runs behind the first `used` bytes of shared memory. The block must synchronise next.
__device__ inline RunArrays stage_runs(const RunArrays& runs, std::size_t used) {
  auto* place = reinterpret_cast<double*>(isoloss_shared + used);
  for (int i = static_cast<int>(threadIdx.x); i < runs.num_values();
       i += static_cast<int>(blockDim.x))
    place[i] = runs.values[i];
  return {place, runs.num_inputs, runs.num_runs, runs.over_penalty};
}

// Runs `work` on items 0 .. num_items - 1, each by one tile:
//   work.begin(item)      by the leading thread
//   work.done()           by the leading thread: the item's search has ended
//   work.evaluate(item)   by all eight threads
//   work.take()           by the leading thread
//   work.end(item)        by the leading thread
template <class Work>
__device__ void work_in_tiles(int* queue, int num_items, Work& work) {
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
    __syncwarp();
    if (!__any_sync(kWholeWarp, item >= 0)) return;
    if (item >= 0) work.evaluate(item);
    __syncwarp();
    if (leads && item >= 0) work.take();
  }
}

// Blocks of a kernel of tiles that stay on the device at once.
template <class Kernel>
int resident_blocks(const LaunchContext& context, Kernel kernel, int num_threads,
                    std::size_t shared_bytes) {
  CUDA_CHECK(cudaFuncSetAttribute(reinterpret_cast<const void*>(kernel),
                                  cudaFuncAttributeMaxDynamicSharedMemorySize,
                                  static_cast<int>(shared_bytes)));
  int resident = 0;
  CUDA_CHECK(
      cudaOccupancyMaxActiveBlocksPerMultiprocessor(&resident, kernel, num_threads, shared_bytes));
  return std::max(1, resident * context.num_multiprocessors);
}

}  // namespace isoloss
