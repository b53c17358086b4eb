// The kernel that draws resamples: one warp a problem.

#pragma once

#include "cuda/tiles.cuh"
#include "fits/random.h"

namespace isoloss {

// Which of the warp's next 32 runs have a weight, packed behind the `kept` runs before them.
__device__ inline int pack_runs(const ResampleJob& job, long long problem, int begin, int kept) {
  const int lane = static_cast<int>(threadIdx.x) % kWarpThreads;
  const int i = begin + lane;
  PackedRun own{static_cast<std::uint32_t>(i), 0};
  double weight = 0;
  if (i < job.runs.num_runs) {
    own.count = job.plain ? 1 : job.counts[problem * job.num_units + job.unit[i]];
    weight = job.runs.weight()[i] * own.count;
    if (job.weights != nullptr) job.weights[problem * job.runs.num_runs + i] = weight;
  }
  const unsigned weighty = __ballot_sync(kWholeWarp, weight > 0);
  const int before = __popc(weighty & ((1u << lane) - 1));
  if (weight > 0) job.packed[problem * job.stride + kept + before] = own;
  return kept + __popc(weighty);
}

// Fills the last group of eight with the last run, count 0.
__device__ inline void pad_runs(const ResampleJob& job, long long problem, int kept) {
  PackedRun* packed = job.packed + problem * job.stride;
  const int padded = (kept + kNumLanes - 1) / kNumLanes * kNumLanes;
  const int place = kept + static_cast<int>(threadIdx.x) % kWarpThreads;
  if (place < padded) packed[place] = {packed[kept - 1].run, 0};
  if (place == kept) job.num_padded[problem] = padded;
}

__global__ void __launch_bounds__(kBlockThreads, 1) resample_kernel(ResampleJob job) {
  const std::uint32_t lane = threadIdx.x % kWarpThreads;
  const int warps_a_block = kBlockThreads / kWarpThreads;
  const int first =
      static_cast<int>(blockIdx.x) * warps_a_block + static_cast<int>(threadIdx.x) / kWarpThreads;
  for (long long problem = first; problem < job.num_problems;
       problem += static_cast<int>(gridDim.x) * warps_a_block) {
    std::uint32_t* counts = job.counts + problem * job.num_units;
    for (std::uint32_t block = lane; !job.plain && 4 * block < job.num_units; block += kWarpThreads)
      draw_units(job.seed, job.first + static_cast<std::uint64_t>(problem), job.num_units,
                 job.strata, block, [&](std::uint32_t unit) { atomicAdd(&counts[unit], 1u); });
    __syncwarp();
    int kept = 0;
    for (int begin = 0; begin < job.runs.num_runs; begin += kWarpThreads)
      kept = pack_runs(job, problem, begin, kept);
    __syncwarp();
    pad_runs(job, problem, kept);
  }
}

}  // namespace isoloss
