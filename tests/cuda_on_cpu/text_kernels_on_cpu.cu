#include "tests/cuda_on_cpu/text_kernels_on_cpu.h"

#include <fmt/format.h>

#include "cuda/fit_kernels.cuh"
#include "fits/sizes.h"
#include "tests/cuda_on_cpu/driver.h"

namespace isoloss {
namespace {

// Launches kernel(Job, bool), for whose threads there is room to interpret the tape.
template <class Job, void (*kernel)(Job, bool)>
cudaError_t interpret(const cudaLaunchConfig_t& config, CUfunction function, void** arguments) {
  Job job = *static_cast<Job*>(arguments[0]);
  bool staged = *static_cast<bool*>(arguments[1]);
  const int num_threads = static_cast<int>(config.gridDim.x * config.blockDim.x);
  const auto num_doubles = static_cast<std::size_t>(tape_room(job.law.tape) * num_threads);
  job.law.num_threads = num_threads;
  job.law.room =
      static_cast<double*>(cuda_on_cpu::allocate_for(function, num_doubles * sizeof(double)));
  if (job.law.room == nullptr) return cudaErrorMemoryAllocation;
  return cuda_on_cpu::launch(config, function,
                             {cuda_on_cpu::argument_of(job), cuda_on_cpu::argument_of(staged)},
                             [=] { kernel(job, staged); });
}

template <int P>
void run_size_on_cpu() {
  cuda_on_cpu::set_driver_kernel(fmt::format("minimise_kernel_of_{}", P),
                                 interpret<MinimiseJob, minimise_kernel<TapeCode<P>>>);
  cuda_on_cpu::set_driver_kernel(fmt::format("polish_kernel_of_{}", P),
                                 interpret<PolishJob, polish_kernel<TapeCode<P>>>);
}

}  // namespace

void run_texts_on_cpu() {
  static const bool done = [] {
    for (const int size : {5, 8, 16})
      with_solver_size(size, [&]<int P>() { run_size_on_cpu<P>(); });
    return true;
  }();
  static_cast<void>(done);
}

}  // namespace isoloss
