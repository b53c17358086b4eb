// Which engine searches: --device.

#pragma once

#include <functional>
#include <memory>
#include <string>

#include "cuda/engine.h"
#include "host/search/cpu_engine.h"

namespace isoloss {

// How much there is to search.
struct JobSize {
  long long num_fits = 0;  // starts minimised, over all resamples
  long long num_runs = 0;
};

// Whether --device auto takes CUDA for a job if it is as fast as predicted, and why.
struct AutoDevice {
  bool is_cuda = false;
  std::string reason;
  double predicted_seconds =
      0;  // of the job on the devices, of a law with code of its own; if is_cuda
};

AutoDevice auto_device(const CudaReport& report, const JobSize& job);

// Fits of so many runs from which on --device auto looks for CUDA.
long long least_cuda_fits(long long num_runs);

struct ChosenEngine {
  std::unique_ptr<SearchEngine> engine;
  std::function<std::string()> reason;  // one line: which and why; while the engine lives
};

// device: auto, cpu, cuda, or cuda:0,1 for some of the devices. auto takes the CPU for small jobs
// and where no device answers, else an AutoEngine, which measures. Throws DeviceError if cuda is
// asked for and cannot be had, InputError for another word.
ChosenEngine choose_engine(const std::string& device, const CpuEngineOptions& cpu,
                           const JobSize& job);

}  // namespace isoloss
