// Which engine searches: --device.

#pragma once

#include <memory>
#include <string>

#include "fits/search.h"
#include "host/search/cpu_engine.h"

namespace isoloss {

struct ChosenEngine {
  std::unique_ptr<SearchEngine> engine;
  std::string reason;  // one line: which and why
};

// device: auto, cpu or cuda. auto takes CUDA when a device answers, else the CPU. Throws
// DeviceError if cuda is asked for and cannot be had, InputError for another word.
ChosenEngine choose_engine(const std::string& device, const CpuEngineOptions& cpu);

}  // namespace isoloss
