#include "host/base/memory.h"

#include <fmt/format.h>

#include "host/base/text.h"

namespace isoloss {
namespace {

constexpr double kBytesAMegabyte = 1e6;

}  // namespace

OutOfMemory::OutOfMemory(std::size_t num, std::size_t bytes_each, const std::string& what)
    : std::runtime_error(
          fmt::format("out of memory: {:.0f} MB were asked for {}; ask for fewer",
                      static_cast<double>(num) * static_cast<double>(bytes_each) / kBytesAMegabyte,
                      counted(num, what))) {}

}  // namespace isoloss
