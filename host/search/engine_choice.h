// Which engine searches: --device.

#pragma once

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

// What --device auto takes, and why.
struct AutoDevice {
  bool is_cuda = false;
  std::string reason;
};

AutoDevice auto_device(const CudaReport& report, const JobSize& job);

// Fits of so many runs from which on --device auto takes CUDA.
long long least_cuda_fits(long long num_runs);

struct ChosenEngine {
  std::unique_ptr<SearchEngine> engine;
  std::string reason;  // one line: which and why
};

// device: auto, cpu, cuda, or cuda:0,1 for some of the devices. auto takes CUDA when a device
// answers and the job is large enough to gain from it, else the CPU. Throws DeviceError if cuda is
// asked for and cannot be had, InputError for another word.
ChosenEngine choose_engine(const std::string& device, const CpuEngineOptions& cpu,
                           const JobSize& job);

}  // namespace isoloss
