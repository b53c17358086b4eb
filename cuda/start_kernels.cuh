// The kernels that look at many starts: one start a thread, all runs in order as the CPU's screen.
// `Prediction` is one start's: predict(i) is what the law says of run i in the target's terms.

#pragma once

#include "cuda/law_code.cuh"
#include "fits/residual_loss.h"

namespace isoloss {

// The runs for a thread that has a start to itself.
struct SingleRuns {
  RunArrays runs;
  ISOLOSS_HD const double* input_at(int index, int i) const { return runs.input(index) + i; }
};

// By the law's own code, in double or float.
template <class L, class Number>
struct OwnPrediction {
  const SingleRuns& runs;
  Number theta[L::num_params];

  __device__ OwnPrediction(const StartsJob& job, const SingleRuns& runs_, int start) : runs(runs_) {
    const double* from = job.starts + static_cast<long long>(start) * L::num_params;
    for (int k = 0; k < L::num_params; ++k) theta[k] = static_cast<Number>(from[k]);
  }
  __device__ Number predict(int i) const {
    Run<L, Number> run;
    unrolled<static_cast<int>(L::inputs.size())>(
        [&](auto k) { run.value[k] = static_cast<Number>(*runs.input_at(k, i)); });
    return L::log_loss(theta, run);
  }
};

// By the law's tape.
struct TapePrediction {
  detail::TapeMachine<ThreadLane, SingleRuns> machine;

  __device__ TapePrediction(const StartsJob& job, const SingleRuns& runs, int start)
      : machine(job.law.tape, runs, room_of_thread(job.law)) {
    machine.set_theta(job.starts + static_cast<long long>(start) * job.law.num_params);
  }
  __device__ double predict(int i) {
    machine.set_block(i);
    machine.find_value();
    return machine.prediction(0).v;
  }
};

// What a start costs at run i, see screening_cost.
template <class Prediction>
__device__ auto start_cost(Prediction& prediction, const StartsJob& job, int i) {
  auto residual = prediction.predict(i);
  residual -= static_cast<decltype(residual)>(job.runs.target()[i]);
  return screening_cost(residual, job.delta, job.runs.over_penalty);
}

__device__ inline bool is_promising(const StartsJob& job, int s) {
  return job.rough == nullptr || job.rough[s] <= job.last->value * (1 + 2 * kRoughError);
}

// The objective of each start over the runs as they are.
template <class Prediction>
__global__ void __launch_bounds__(kBlockThreads, 1) objective_kernel(StartsJob job) {
  const SingleRuns runs{job.runs};
  const int stride = static_cast<int>(gridDim.x * blockDim.x);
  for (int s = static_cast<int>(blockIdx.x * blockDim.x + threadIdx.x); s < job.num_starts;
       s += stride) {
    double sum = INFINITY;
    if (is_promising(job, s)) {
      Prediction prediction(job, runs, s);
      sum = 0;
      for (int i = 0; i < job.runs.num_runs; ++i)
        sum = fma(job.runs.weight()[i], static_cast<double>(start_cost(prediction, job, i)), sum);
    }
    job.out[s] = sum;
  }
}

// The cost of every start at every run: the objectives of all problems are their weights times it.
template <class Prediction>
__global__ void __launch_bounds__(kBlockThreads, 1) costs_kernel(StartsJob job) {
  const SingleRuns runs{job.runs};
  const int stride = static_cast<int>(gridDim.x * blockDim.x);
  for (int s = static_cast<int>(blockIdx.x * blockDim.x + threadIdx.x); s < job.num_starts;
       s += stride) {
    Prediction prediction(job, runs, s);
    for (int i = 0; i < job.runs.num_runs; ++i)
      job.out[static_cast<long long>(i) * job.num_starts + s] = start_cost(prediction, job, i);
  }
}

// A thread a start, no more threads than have room for a tape.
inline void launch_starts(const LaunchContext& context, const char* name, void (*kernel)(StartsJob),
                          const StartsJob& job) {
  const int num_blocks =
      job.law.blocks_with_room(blocks_for(context, job.num_starts), kBlockThreads);
  launch(context, {num_blocks}, name, kernel, job);
}

}  // namespace isoloss
