#include "cuda/start_kernels.cuh"

namespace isoloss {

void launch_tape_objective(const LaunchContext& context, const StartsJob& job) {
  launch_starts(context, "objective of tapes", objective_kernel<TapePrediction>, job);
}

void launch_tape_costs(const LaunchContext& context, const StartsJob& job) {
  launch_starts(context, "costs of tapes", costs_kernel<TapePrediction>, job);
}

}  // namespace isoloss
