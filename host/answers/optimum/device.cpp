#include "host/answers/optimum/device.h"

#include <fmt/format.h>

#include <cmath>

#include "host/base/error.h"
#include "host/base/nearest.h"
#include "host/base/tables.h"
#include "host/base/text.h"
#include "host/base/toml_reader.h"

namespace isoloss {
namespace {

double positive_value(const TomlReader& read, std::string_view key, const toml::node& value) {
  const double out = read.number(key, value);
  if (!(out > 0)) read.fail(value, fmt::format("{} is not above 0", key), "");
  return out;
}

void read_device_key(const TomlReader& read, std::string_view key, const toml::node& value,
                     Device& out) {
  if (key == "what")
    out.what = read.text(key, value);
  else if (key == "source")
    out.source = read.text(key, value);
  else if (key == "bandwidth")
    out.bandwidth = positive_value(read, key, value);
  else if (key == "peak")
    out.peak = positive_value(read, key, value);
  else if (key == "memory")
    out.memory = positive_value(read, key, value);
  else
    read.refuse_key(key, value, "what, source, bandwidth, peak, memory");
}

Device device_of(const TomlReader& read, std::string_view name, const toml::table& entry) {
  Device own;
  own.name = std::string(name);
  for (const auto& [key, value] : entry) read_device_key(read, key.str(), value, own);
  if (own.what.empty() || own.source.empty() || std::isinf(own.bandwidth) || std::isinf(own.memory))
    read.fail(entry, own.name + " lacks what it is, its source, bandwidth or memory", "");
  return own;
}

}  // namespace

std::vector<Device> parse_devices(std::string_view text, const std::string& path) {
  const TomlReader read(path);
  return read.tables(read.parse(text), [&](std::string_view name, const toml::table& entry) {
    return device_of(read, name, entry);
  });
}

const std::vector<Device>& devices() {
  static const std::vector<Device> all = parse_devices(devices_toml(), "devices.toml");
  return all;
}

const Device& device_called(std::string_view name) {
  return called(name, devices(), fmt::format("no device {} is known", shown(name)));
}

}  // namespace isoloss
