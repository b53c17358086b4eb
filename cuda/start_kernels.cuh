// The kernels that look at many starts: one start a thread, all runs.

#pragma once

#include "cuda/jobs.h"
#include "fits/residual_loss.h"

namespace isoloss {

// What start `theta` costs at run i, see screening_cost.
template <class L, class T>
ISOLOSS_HD T start_cost(const T* theta, const RunArrays& runs, int i) {
  const Run<T> run{static_cast<T>(runs.log_N[i]), static_cast<T>(runs.log_D[i])};
  return screening_cost(L::log_loss(theta, run) - static_cast<T>(runs.log_loss[i]));
}

template <class L, class T>
ISOLOSS_HD void load_start(const StartsJob& job, int s, T* theta) {
  const double* start = job.starts + static_cast<long long>(s) * L::num_params;
  for (int k = 0; k < L::num_params; ++k) theta[k] = static_cast<T>(start[k]);
}

// The objective of start s over the runs as they are, summed in order as the CPU's screen does.
template <class L, class T>
ISOLOSS_HD double start_objective(const StartsJob& job, int s) {
  T theta[L::num_params];
  load_start<L, T>(job, s, theta);
  double sum = 0;
  for (int i = 0; i < job.runs.num_runs; ++i)
    sum = fma(job.runs.weight[i], static_cast<double>(start_cost<L, T>(theta, job.runs, i)), sum);
  return sum;
}

ISOLOSS_HD inline bool is_promising(const StartsJob& job, int s) {
  return job.rough == nullptr || job.rough[s] <= job.last->value * (1 + 2 * kRoughError);
}

template <class L, class T>
__global__ void __launch_bounds__(kBlockThreads, 1) objective_kernel(StartsJob job) {
  const int stride = static_cast<int>(gridDim.x * blockDim.x);
  for (int s = static_cast<int>(blockIdx.x * blockDim.x + threadIdx.x); s < job.num_starts;
       s += stride)
    job.out[s] = is_promising(job, s) ? start_objective<L, T>(job, s) : INFINITY;
}

// The cost of every start at every run: the objectives of all problems are their weights times it.
template <class L>
__global__ void __launch_bounds__(kBlockThreads, 1) costs_kernel(StartsJob job) {
  const int stride = static_cast<int>(gridDim.x * blockDim.x);
  for (int s = static_cast<int>(blockIdx.x * blockDim.x + threadIdx.x); s < job.num_starts;
       s += stride) {
    double theta[L::num_params];
    load_start<L, double>(job, s, theta);
    for (int i = 0; i < job.runs.num_runs; ++i)
      job.out[static_cast<long long>(i) * job.num_starts + s] =
          start_cost<L, double>(theta, job.runs, i);
  }
}

}  // namespace isoloss
