// The devices of fits/devices.toml.

#pragma once

#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace isoloss {

// A device that serves; what is not known limits nothing.
struct Device {
  std::string name, what, source;
  double bandwidth = std::numeric_limits<double>::infinity();  // of its memory, bytes a second
  double peak = std::numeric_limits<double>::infinity();       // FLOP a second
  double memory = std::numeric_limits<double>::infinity();     // bytes
};

// In the order of the text. Throws InputError with the line for what is incomplete or unknown.
std::vector<Device> parse_devices(std::string_view text, const std::string& path);

const std::vector<Device>& devices();

// Throws InputError with their names for an unknown one.
const Device& device_called(std::string_view name);

}  // namespace isoloss
