// The kernels that fit: the minimiser from many starts, and the polish of what it finds.

#pragma once

#include "cuda/tiles.cuh"
#include "fits/polish.h"

namespace isoloss {

template <class L>
constexpr ParamBox<L::num_params> law_box() {
  ParamBox<L::num_params> box{};
  for (int k = 0; k < L::num_params; ++k) {
    box.bounds[k] = L::params[static_cast<std::size_t>(k)].bounds;
    box.is_log[k] = L::params[static_cast<std::size_t>(k)].scale == Scale::log;
  }
  return box;
}

template <int P>
struct FitCommon {
  ParamBox<P> box;
  MinimiseOptions options;
};

// One tile's minimiser: fits/minimise.h driven by eight threads.
template <class L>
struct MinimiseWork {
  NewtonSearch<L::num_params>& search;
  const FitCommon<L::num_params>& common;
  const MinimiseJob& job;
  const RunArrays& runs;

  __device__ void begin(int fit) {
    const long long problem = fit / job.starts_a_problem;
    const long long start = problem * job.starts_stride + fit % job.starts_a_problem;
    search.begin(job.starts + start * L::num_params, common.box, common.options);
  }
  __device__ bool done() const { return search.done(); }
  __device__ void evaluate(int fit) {
    isoloss::evaluate<L, ThreadLane, false>(runs_of(job.problems, runs, fit / job.starts_a_problem),
                                            search.delta(), search.point(), search.slot());
  }
  __device__ void take() { search.take(); }
  __device__ void end(int fit) {
    FitEnd& out = job.ends[fit];
    for (int k = 0; k < kMaxParams; ++k) out.theta[k] = k < L::num_params ? search.theta()[k] : 0;
    out.objective = search.value();
    out.num_evaluations = search.evaluations();
  }
};

template <class L>
using MinimiseMemory = TileMemory<NewtonSearch<L::num_params>, FitCommon<L::num_params>>;

template <class L>
__global__ void __launch_bounds__(kBlockThreads, 1)
    minimise_kernel(MinimiseJob job, ParamBox<L::num_params> box, bool staged) {
  auto& memory = *reinterpret_cast<MinimiseMemory<L>*>(isoloss_shared);
  const RunArrays runs =
      staged ? stage_runs(job.problems.runs, MinimiseMemory<L>::kBytes) : job.problems.runs;
  if (threadIdx.x == 0) memory.common = {box, job.options};
  __syncthreads();
  MinimiseWork<L> work{memory.states[threadIdx.x / kNumLanes], memory.common, job, runs};
  work_in_tiles(job.queue, job.num_fits, work);
}

// One tile's polish: the Newton steps of fits/polish.h. What needs more than those is left to the
// host: is_polished stays false.
template <class L>
struct PolishWork {
  NewtonTail<L::num_params>& tail;
  const ParamBox<L::num_params>& box;
  const PolishJob& job;
  const RunArrays& runs;

  __device__ void begin(int problem) {
    Candidate& candidate = job.candidates[problem];
    for (int k = 0; k < L::num_params; ++k)
      candidate.polished[k] = detail::snapped(candidate.theta[k], box.bounds[k]);
    tail.begin(candidate.polished, box);
  }
  __device__ bool done() const { return tail.done(); }
  __device__ void evaluate(int problem) {
    const PackedRuns own = runs_of(job.problems, runs, problem);
    if (tail.wants_scale()) {
      isoloss::evaluate<L, ThreadLane, true>(own, job.delta, tail.point(), tail.slot());
    } else {
      isoloss::evaluate<L, ThreadLane, false>(own, job.delta, tail.point(), tail.slot());
    }
  }
  __device__ void take() { tail.take(); }
  __device__ void end(int problem) {
    Candidate& out = job.candidates[problem];
    for (int k = 0; k < L::num_params; ++k) out.polished[k] = tail.best().theta[k];
    out.is_polished = tail.best().proved() && !detail::has_vanished(tail.best(), box);
  }
};

template <class L>
using PolishMemory = TileMemory<NewtonTail<L::num_params>, ParamBox<L::num_params>>;

template <class L>
__global__ void __launch_bounds__(kBlockThreads, 1)
    polish_kernel(PolishJob job, ParamBox<L::num_params> box, bool staged) {
  auto& memory = *reinterpret_cast<PolishMemory<L>*>(isoloss_shared);
  const RunArrays runs =
      staged ? stage_runs(job.problems.runs, PolishMemory<L>::kBytes) : job.problems.runs;
  if (threadIdx.x == 0) memory.common = box;
  __syncthreads();
  PolishWork<L> work{memory.states[threadIdx.x / kNumLanes], memory.common, job, runs};
  work_in_tiles(job.queue, job.num_problems, work);
}

// Launches a kernel of tiles with memory for its states, and for the runs where they fit in.
template <class L, class Memory, class Job>
void launch_tiles(const LaunchContext& context, void (*kernel)(Job, ParamBox<L::num_params>, bool),
                  const Job& job, int num_items) {
  const std::size_t bytes =
      Memory::num_bytes(job.problems.runs.num_runs, context.most_shared_bytes);
  const int num_blocks = blocks_of_tiles(context, kernel, bytes, num_items);
  launch(context, num_blocks, bytes, kernel, job, law_box<L>(), bytes > Memory::kBytes);
}

}  // namespace isoloss
