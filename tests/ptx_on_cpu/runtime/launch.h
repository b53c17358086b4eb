// Runs a kernel on the CPU from the code that nvcc made of it:
//
//   ptx::Memory memory;
//   double* d_x = memory.copy_in(x);
//   double* d_sum = memory.allocate<double>(1);
//   ptx::launch(memory, ptx::find_kernel("sum_kernel"), {.grid = 2, .block = 128}, d_x, num_x,
//   d_sum); const double sum = memory.copy_out(d_sum, 1)[0];

#pragma once

#include "tests/ptx_on_cpu/runtime/failure.h"
#include "tests/ptx_on_cpu/runtime/kernel.h"
#include "tests/ptx_on_cpu/runtime/memory.h"

namespace isoloss::ptx {

// Which thread runs next. A result that depends on it depends on luck on the device.
struct ThreadOrder {
  enum class Kind {
    ascending,    // each runs until it waits
    descending,   // the same from the last block and thread
    interleaved,  // at random, and threads also give way at accesses to memory
  };
  Kind kind = Kind::ascending;
  u64 seed = 0;
};

inline constexpr ThreadOrder kThreadOrders[] = {{ThreadOrder::Kind::ascending, 0},
                                                {ThreadOrder::Kind::descending, 0},
                                                {ThreadOrder::Kind::interleaved, 1},
                                                {ThreadOrder::Kind::interleaved, 2}};

struct LaunchShape {
  Dim3 grid = {};
  Dim3 block = {};
  std::size_t shared_bytes = 0;  // dynamic
  ThreadOrder order = {};
};

// The kernel whose mangled name contains `name`; throws std::runtime_error if that is not one.
const Kernel& find_kernel(const std::string& name);

// arguments: one parameter each, as bytes; throws std::runtime_error if their sizes are not those
// of the kernel's parameters or the shape is none that a device takes.
void launch_bytes(Memory& memory, const Kernel& kernel, const LaunchShape& shape,
                  std::span<const std::span<const std::byte>> arguments);

// Throws Failure if the kernel breaks a rule.
template <class... Arguments>
void launch(Memory& memory, const Kernel& kernel, const LaunchShape& shape,
            const Arguments&... arguments) {
  static_assert((std::is_trivially_copyable_v<Arguments> && ...));
  const std::vector<std::span<const std::byte>> bytes{
      std::as_bytes(std::span<const Arguments, 1>(&arguments, 1))...};
  launch_bytes(memory, kernel, shape, bytes);
}

}  // namespace isoloss::ptx
