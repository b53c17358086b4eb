// The kernels that fit one tape, compiled by the driver from its text.

#pragma once

#include <memory>

#include "cuda/driver_module.h"
#include "cuda/jobs.h"

namespace isoloss {

class TextKernels {
 public:
  // For the current device. functions: see tape_functions_text(). Throws DeviceError where the
  // driver does not take the text.
  TextKernels(int num_params, const std::string& functions);

  // As those of LawLaunchers. The job's law needs no room.
  void minimise(const LaunchContext& context, const MinimiseJob& job) const;
  void polish(const LaunchContext& context, const PolishJob& job) const;

 private:
  int size_;
  DriverModule module_;
  DriverKernel minimise_, polish_;
};

// The kernels of the tape that a device fits at present: compiled once for all its requests.
class TextCache {
 public:
  // tape: on the host. must: an error of the driver is thrown; else null says that the tape is to
  // be interpreted.
  const TextKernels* kernels_of(const Tape& tape, bool must);

 private:
  std::string functions_;  // of what was asked for last
  std::unique_ptr<TextKernels> kernels_;
};

}  // namespace isoloss
