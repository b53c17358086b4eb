#include "cuda/engine.h"

namespace isoloss {
namespace {

std::string devices_text(const std::vector<CudaDevice>& devices) {
  std::string text =
      std::to_string(devices.size()) + " CUDA device" + (devices.size() == 1 ? ": " : "s: ");
  for (std::size_t i = 0; i < devices.size(); ++i) text += (i == 0 ? "" : ", ") + devices[i].name;
  return text;
}

}  // namespace

std::string cuda_version_text(int version) {
  return std::to_string(version / 1000) + "." + std::to_string(version % 1000 / 10);
}

std::string cuda_sentence(const CudaReport& report) {
  switch (report.state) {
    case CudaState::ready:
      return devices_text(report.devices);
    case CudaState::built_without:
      return "this isoloss was built without CUDA";
    case CudaState::no_driver:
      return "no NVIDIA driver answers on this machine";
    case CudaState::driver_too_old:
      return "the NVIDIA driver knows CUDA " + cuda_version_text(report.driver_version) +
             ", but this isoloss was built with CUDA " + cuda_version_text(report.built_with);
    case CudaState::device_too_old:
      return "no NVIDIA device here is of compute capability " +
             std::to_string(report.least_capability / 10) + "." +
             std::to_string(report.least_capability % 10) + " or newer";
    case CudaState::no_device:
      return "the NVIDIA driver finds no device";
    case CudaState::no_cublas:
      return "cuBLAS of CUDA " + std::to_string(report.built_with / 1000) + " was not found";
    case CudaState::failed:
      return report.failure;
  }
  return "";
}

}  // namespace isoloss
