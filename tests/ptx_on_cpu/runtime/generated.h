// Everything that generated code uses.

#pragma once

#include "tests/ptx_on_cpu/runtime/atomics.h"
#include "tests/ptx_on_cpu/runtime/bit_operations.h"
#include "tests/ptx_on_cpu/runtime/kernel.h"
#include "tests/ptx_on_cpu/runtime/operations.h"
#include "tests/ptx_on_cpu/runtime/rounding.h"
#include "tests/ptx_on_cpu/runtime/thread.h"

namespace isoloss::ptx {

// A frame with its parameters and results, as the PTX lays them out.
template <std::size_t parameter_bytes, std::size_t result_bytes, std::size_t local_bytes>
struct FrameOf : Frame {
  void enter(Thread& t) { local_base = t.push_local(local_bytes); }
  Step leave(Thread& t) {
    t.local.resize(local_base);
    return Step::returned;
  }

  Bytes<parameter_bytes> parameters{};
  Bytes<result_bytes> results{};
};

template <class F>
std::unique_ptr<Frame> make_frame(std::span<const std::byte> parameters) {
  auto frame = std::make_unique<F>();
  std::copy(parameters.begin(), parameters.end(), frame->parameters.data.begin());
  return frame;
}

// Parameters of a call; translate/control_writer.cpp gives both sides the same size.
template <std::size_t to_size, std::size_t from_size>
void copy_bytes(Bytes<to_size>& to, std::size_t offset, const Bytes<from_size>& from) {
  static_assert(from_size <= to_size);
  std::copy(from.data.begin(), from.data.end(), to.data.begin() + offset);
}

template <class Operation>
constexpr int code(Operation operation) {
  return static_cast<int>(operation);
}

}  // namespace isoloss::ptx
