#include "tests/ptx_on_cpu/runtime/launch.h"

#include <algorithm>
#include <deque>

#include "tests/ptx_on_cpu/runtime/block.h"

namespace isoloss::ptx {
namespace {

constexpr u32 kMaxThreads = 1024;
constexpr std::size_t kMaxSharedBytes = 227 * 1024;  // compute capability 9.0, opted in

// A deque keeps the addresses of kernels that are found while others register.
std::deque<Kernel>& kernels() {
  static std::deque<Kernel> all;
  return all;
}

[[noreturn]] void fail(const Kernel& kernel, const std::string& message) {
  throw std::runtime_error("launch of " + kernel.name + ": " + message);
}

void check_shape(const Kernel& kernel, const LaunchShape& shape) {
  const u32 most = kernel.max_threads > 0 ? static_cast<u32>(kernel.max_threads) : kMaxThreads;
  if (shape.grid.count() == 0 || shape.block.count() == 0) fail(kernel, "an empty grid or block");
  if (shape.block.count() > std::min(most, kMaxThreads))
    fail(kernel, "more threads in a block than the launch bounds allow");
  std::size_t shared_bytes = shape.shared_bytes;
  for (const Range& range : kernel.shared) shared_bytes += range.num_bytes;
  if (shared_bytes > kMaxSharedBytes)
    fail(kernel, std::to_string(shared_bytes) + " bytes of shared memory");
}

std::vector<std::byte> parameter_block(const Kernel& kernel,
                                       std::span<const std::span<const std::byte>> arguments) {
  if (arguments.size() != kernel.parameters.size())
    fail(kernel, std::to_string(arguments.size()) + " arguments for " +
                     std::to_string(kernel.parameters.size()) + " parameters");
  std::vector<std::byte> block;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const Range& parameter = kernel.parameters[i];
    if (arguments[i].size() != parameter.num_bytes)
      fail(kernel, "argument " + std::to_string(i) + " has " + std::to_string(arguments[i].size()) +
                       " bytes, its parameter " + std::to_string(parameter.num_bytes));
    block.resize(parameter.offset + parameter.num_bytes);
    std::copy(arguments[i].begin(), arguments[i].end(), block.begin() + parameter.offset);
  }
  return block;
}

}  // namespace

Registration::Registration(Kernel kernel) { kernels().push_back(std::move(kernel)); }

const Kernel& find_kernel(const std::string& name) {
  const Kernel* found = nullptr;
  for (const Kernel& kernel : kernels()) {
    if (kernel.name.find(name) == std::string::npos) continue;
    if (found != nullptr)
      throw std::runtime_error(name + " is in " + found->name + " and in " + kernel.name);
    found = &kernel;
  }
  if (found == nullptr) throw std::runtime_error("no kernel is called " + name);
  return *found;
}

void launch_bytes(Memory& memory, const Kernel& kernel, const LaunchShape& shape,
                  std::span<const std::span<const std::byte>> arguments) {
  check_shape(kernel, shape);
  const std::vector<std::byte> parameters = parameter_block(kernel, arguments);
  const u32 num_blocks = shape.grid.count();
  for (u32 i = 0; i < num_blocks; ++i) {
    const bool backwards = shape.order.kind == ThreadOrder::Kind::descending;
    Block(memory, kernel, shape, backwards ? num_blocks - 1 - i : i, parameters).run();
  }
}

}  // namespace isoloss::ptx
