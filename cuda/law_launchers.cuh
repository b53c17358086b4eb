// The launchers of one law, for cuda/law.cu.in, and of one size of tapes, for cuda/tape.cu.in.

#pragma once

#include "cuda/fit_kernels.cuh"
#include "cuda/start_kernels.cuh"

namespace isoloss {

template <class L>
LawLaunchers launchers_of() {
  LawLaunchers out;
  out.minimise = launch_minimise<OwnCode<L>>;
  out.polish = launch_polish<OwnCode<L>>;
  out.objective = [](const LaunchContext& context, const StartsJob& job) {
    launch_starts(context, "objective", objective_kernel<OwnPrediction<L, double>>, job);
  };
  out.objective_float = [](const LaunchContext& context, const StartsJob& job) {
    launch_starts(context, "objective in float", objective_kernel<OwnPrediction<L, float>>, job);
  };
  out.costs = [](const LaunchContext& context, const StartsJob& job) {
    launch_starts(context, "costs", costs_kernel<OwnPrediction<L, double>>, job);
  };
  return out;
}

template <int P>
LawLaunchers launchers_of_tapes() {
  LawLaunchers out;
  out.minimise = launch_minimise<TapeCode<P>>;
  out.polish = launch_polish<TapeCode<P>>;
  out.objective = launch_tape_objective;
  out.costs = launch_tape_costs;
  out.most_threads = most_threads<TapeCode<P>>;
  return out;
}

}  // namespace isoloss
