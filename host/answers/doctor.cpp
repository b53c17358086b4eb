#include "host/answers/doctor.h"

#include "host/base/error.h"
#include "host/base/threads.h"
#include "host/simd/simd_level.h"

namespace isoloss {
namespace {

// Fits of all resamples of a study, enough for any device.
constexpr JobSize kLargeJob{1'000'000, 240};

std::string compiler() {
#if defined(__clang__)
  return std::string("clang++ ") + __clang_version__;
#else
  return std::string("g++ ") + __VERSION__;
#endif
}

void look_at_lanes(DoctorReport& report) try {
  for (const SimdLevel level : usable_simd_levels())
    report.usable_simd.emplace_back(simd_name(level));
  report.simd = simd_name(simd_level());
} catch (const InputError& error) {
  report.simd_problem = error.message;
}

}  // namespace

DoctorReport doctor_report() {
  DoctorReport report;
  report.version = ISOLOSS_VERSION;
  report.compiler = compiler();
  look_at_lanes(report);
  report.num_threads = num_threads_to_use(0);
  report.cuda = cuda_report();
  report.large_job = auto_device(report.cuda, kLargeJob);
  return report;
}

const char* cuda_state_name(CudaState state) {
  switch (state) {
    case CudaState::ready:
      return "ready";
    case CudaState::built_without:
      return "built_without";
    case CudaState::no_driver:
      return "no_driver";
    case CudaState::driver_too_old:
      return "driver_too_old";
    case CudaState::no_device:
      return "no_device";
    case CudaState::device_too_old:
      return "device_too_old";
    case CudaState::no_cublas:
      return "no_cublas";
    case CudaState::failed:
      return "failed";
  }
  return "";
}

std::string cuda_hint(const CudaReport& report) {
  const std::string built_major = std::to_string(report.built_with / 1000);
  const std::string driver_major = std::to_string(report.driver_version / 1000);
  switch (report.state) {
    case CudaState::ready:
      return "";
    case CudaState::built_without:
      return "put nvcc of a CUDA toolkit, 12 or newer, on PATH or set CUDA_HOME, and build again; "
             "cmake --preset release -DISOLOSS_CUDA=ON says what it misses";
    case CudaState::no_driver:
      return "if there is an NVIDIA GPU, install a driver for CUDA " + built_major +
             " or newer; 'nvidia-smi' shows whether it runs; a container needs --gpus all";
    case CudaState::driver_too_old:
      return "update the NVIDIA driver to one for CUDA " + built_major +
             ", or build isoloss again with a toolkit of CUDA " + driver_major;
    case CudaState::no_device:
      return "see whether 'nvidia-smi' lists a GPU and whether CUDA_VISIBLE_DEVICES hides it; a "
             "container needs --gpus all";
    case CudaState::device_too_old:
      return "build isoloss for it: -DCMAKE_CUDA_ARCHITECTURES=75 for NVIDIA's Turing generation "
             "(2018), 80 for Ampere";
    case CudaState::no_cublas:
      return "install cuBLAS of CUDA " + built_major + " (it comes with the toolkit), or add the " +
             "folder of libcublas.so." + built_major + " to LD_LIBRARY_PATH";
    case CudaState::failed:
      return "see whether 'nvidia-smi' works; another program may hold the device, or the driver "
             "wants to be loaded again";
  }
  return "";
}

}  // namespace isoloss
