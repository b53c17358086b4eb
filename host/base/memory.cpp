#include "host/base/memory.h"

#include <fmt/format.h>

namespace isoloss {
namespace {

constexpr double kBytesAMegabyte = 1e6;

}  // namespace

OutOfMemory::OutOfMemory(double bytes, const std::string& what)
    : std::runtime_error(fmt::format("out of memory: {:.0f} MB were asked for {}; ask for fewer",
                                     bytes / kBytesAMegabyte, what)) {}

}  // namespace isoloss
