// The launchers of one law, for cuda/law.cu.in.

#pragma once

#include "cuda/fit_kernels.cuh"
#include "cuda/start_kernels.cuh"

namespace isoloss {

template <class L>
LawLaunchers launchers_of() {
  LawLaunchers out;
  out.num_params = L::num_params;
  out.minimise = [](const LaunchContext& context, const MinimiseJob& job) {
    launch_tiles<L, MinimiseMemory<L>>(context, minimise_kernel<L>, job, job.num_fits);
  };
  out.polish = [](const LaunchContext& context, const PolishJob& job) {
    launch_tiles<L, PolishMemory<L>>(context, polish_kernel<L>, job, job.num_problems);
  };
  out.objective = [](const LaunchContext& context, const StartsJob& job) {
    launch_strided(context, job.num_starts, objective_kernel<L, double>, job);
  };
  out.objective_float = [](const LaunchContext& context, const StartsJob& job) {
    launch_strided(context, job.num_starts, objective_kernel<L, float>, job);
  };
  out.costs = [](const LaunchContext& context, const StartsJob& job) {
    launch_strided(context, job.num_starts, costs_kernel<L>, job);
  };
  return out;
}

}  // namespace isoloss
