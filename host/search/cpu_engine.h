// The search engine on the CPU: threads over tiles of problems, runs in lanes.

#pragma once

#include <memory>

#include "fits/search.h"
#include "host/simd/simd_level.h"

namespace isoloss {

struct CpuEngineOptions {
  int num_threads = 0;  // 0: as many as there are processors
  SimdLevel simd = SimdLevel::portable;
};

std::unique_ptr<SearchEngine> make_cpu_engine(CpuEngineOptions options);

}  // namespace isoloss
