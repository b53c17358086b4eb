// What this program can use on this machine.

#pragma once

#include <string>
#include <vector>

#include "cuda/engine.h"
#include "host/search/engine_choice.h"

namespace isoloss {

struct DoctorReport {
  std::string version;   // isoloss
  std::string compiler;  // "g++ 12.2.0"
  std::string simd;      // level in use, empty if ISOLOSS_SIMD asks for one that is not usable
  std::string simd_problem;
  std::vector<std::string> usable_simd;
  int num_threads = 0;
  CudaReport cuda;
  AutoDevice large_job;  // what --device auto takes for one
};

// Looks; starts nothing. A wrong ISOLOSS_SIMD is a finding, not an error.
DoctorReport doctor_report();

// Stable name for JSON: "driver_too_old".
const char* cuda_state_name(CudaState state);

// What to do about a report's state; empty when it is ready.
std::string cuda_hint(const CudaReport& report);

}  // namespace isoloss
