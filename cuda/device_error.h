// What goes wrong on a device.

#pragma once

#include <stdexcept>

namespace isoloss {

// The asked device is absent or failed: exit code 3. what() names the call, the file and the line
// where a call failed.
class DeviceError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace isoloss
