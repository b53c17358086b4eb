// The kernels that fit: the minimiser from many starts, and the polish of what it finds. `Code` is
// one of cuda/law_code.cuh.

#pragma once

#include "cuda/law_code.cuh"
#include "fits/polish.h"

namespace isoloss {

template <int P>
struct FitCommon {
  ParamBox<P> box;
  MinimiseOptions options;
};

template <int P>
__device__ void copy_box(const LawOnDevice& from, ParamBox<P>& to) {
  for (int k = 0; k < P; ++k) {
    to.bounds[k] = {from.lower[k], from.upper[k]};
    to.is_log[k] = from.is_log[k];
  }
}

// One tile's minimiser: fits/minimise.h driven by eight threads.
template <class Code>
struct MinimiseWork {
  NewtonSearch<Code::size>& search;
  const FitCommon<Code::size>& common;
  const MinimiseJob& job;
  const RunArrays& runs;

  __device__ void begin(int fit) {
    const long long problem = fit / job.starts_a_problem;
    const long long start = problem * job.starts_stride + fit % job.starts_a_problem;
    search.begin(job.starts + start * job.law.num_params, common.box, common.options,
                 job.law.num_params);
  }
  __device__ bool done() const { return search.done(); }
  __device__ void evaluate(int fit) {
    Code::evaluate(job.law, runs_of(job.problems, runs, fit / job.starts_a_problem), search.delta(),
                   search.point(), false, search.slot());
  }
  __device__ void take() { search.take(); }
  __device__ void end(int fit) {
    FitEnd& out = job.ends[fit];
    for (int k = 0; k < kMaxParams; ++k) out.theta[k] = k < Code::size ? search.theta()[k] : 0;
    out.objective = search.value();
    out.num_evaluations = search.evaluations();
  }
};

template <class Code>
using MinimiseMemory =
    TileMemory<kFitThreads<Code::size>, NewtonSearch<Code::size>, FitCommon<Code::size>>;

template <class Code>
__global__ void __launch_bounds__(kFitThreads<Code::size>, 1)
    minimise_kernel(MinimiseJob job, bool staged) {
  auto& memory = *reinterpret_cast<MinimiseMemory<Code>*>(isoloss_shared);
  const RunArrays runs =
      staged ? stage_runs(job.problems.runs, MinimiseMemory<Code>::kBytes) : job.problems.runs;
  if (threadIdx.x == 0) {
    copy_box(job.law, memory.common.box);
    memory.common.options = job.options;
  }
  __syncthreads();
  MinimiseWork<Code> work{memory.states[threadIdx.x / kNumLanes], memory.common, job, runs};
  work_in_tiles(job.queue, job.num_fits, work);
}

// One tile's polish: the Newton steps of fits/polish.h. What needs more than those is left to the
// host: is_polished stays false.
template <class Code>
struct PolishWork {
  NewtonTail<Code::size>& tail;
  const ParamBox<Code::size>& box;
  const PolishJob& job;
  const RunArrays& runs;

  __device__ void begin(int problem) {
    Candidate& candidate = job.candidates[problem];
    for (int k = 0; k < Code::size; ++k)
      candidate.polished[k] = detail::snapped(candidate.theta[k], box.bounds[k]);
    tail.begin(candidate.polished, box);
  }
  __device__ bool done() const { return tail.done(); }
  __device__ void evaluate(int problem) {
    Code::evaluate(job.law, runs_of(job.problems, runs, problem), job.delta, tail.point(),
                   tail.wants_scale(), tail.slot());
  }
  __device__ void take() { tail.take(); }
  __device__ void end(int problem) {
    Candidate& out = job.candidates[problem];
    for (int k = 0; k < Code::size; ++k) out.polished[k] = tail.best().theta[k];
    out.is_polished = tail.best().proved() && !detail::has_vanished(tail.best(), box);
  }
};

template <class Code>
using PolishMemory =
    TileMemory<kFitThreads<Code::size>, NewtonTail<Code::size>, ParamBox<Code::size>>;

template <class Code>
__global__ void __launch_bounds__(kFitThreads<Code::size>, 1)
    polish_kernel(PolishJob job, bool staged) {
  auto& memory = *reinterpret_cast<PolishMemory<Code>*>(isoloss_shared);
  const RunArrays runs =
      staged ? stage_runs(job.problems.runs, PolishMemory<Code>::kBytes) : job.problems.runs;
  if (threadIdx.x == 0) copy_box(job.law, memory.common);
  __syncthreads();
  PolishWork<Code> work{memory.states[threadIdx.x / kNumLanes], memory.common, job, runs};
  work_in_tiles(job.queue, job.num_problems, work);
}

// Launches a kernel of tiles with memory for its states, and for the runs where they fit in; no
// more blocks than stay on the device at once, have work, and have room for a tape.
template <class Memory, class Kernel, class Job>
void launch_tiles(const LaunchContext& context, const char* name, Kernel kernel, const Job& job,
                  int num_items) {
  const std::size_t bytes = Memory::num_bytes(job.problems.runs, context.most_shared_bytes);
  const int with_work = std::max(1, (num_items + Memory::kTiles - 1) / Memory::kTiles);
  const int resident = resident_blocks(context, kernel, Memory::kThreads, bytes);
  const int num_blocks = job.law.blocks_with_room(std::min(resident, with_work), Memory::kThreads);
  launch(context, {num_blocks, Memory::kThreads, bytes}, name, kernel, job, bytes > Memory::kBytes);
}

template <class Code>
void launch_minimise(const LaunchContext& context, const MinimiseJob& job) {
  launch_tiles<MinimiseMemory<Code>>(context, "minimise", minimise_kernel<Code>, job, job.num_fits);
}

template <class Code>
void launch_polish(const LaunchContext& context, const PolishJob& job) {
  launch_tiles<PolishMemory<Code>>(context, "polish", polish_kernel<Code>, job, job.num_problems);
}

// Threads of minimise or polish that stay on the device at once, whichever are more.
template <class Code>
int most_threads(const LaunchContext& context, const RunArrays& runs) {
  const auto threads = [&]<class Memory>(auto kernel, const Memory*) {
    const std::size_t bytes = Memory::num_bytes(runs, context.most_shared_bytes);
    return Memory::kThreads * resident_blocks(context, kernel, Memory::kThreads, bytes);
  };
  return std::max(threads(minimise_kernel<Code>, static_cast<const MinimiseMemory<Code>*>(nullptr)),
                  threads(polish_kernel<Code>, static_cast<const PolishMemory<Code>*>(nullptr)));
}

}  // namespace isoloss
