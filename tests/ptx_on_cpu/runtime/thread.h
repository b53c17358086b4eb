// One thread of a running kernel: its place in the grid, its local memory, what it waits for, and
// the checked way to every byte.

#pragma once

#include <algorithm>
#include <random>

#include "tests/ptx_on_cpu/runtime/kernel.h"
#include "tests/ptx_on_cpu/runtime/shared_memory.h"

namespace isoloss::ptx {

inline constexpr u32 kWarpSize = 32;

enum class Wait { nothing, barrier, warp_barrier, shuffle, vote };
enum class Shuffle : int { up, down, bfly, idx };
enum class Vote : int { none, all, any, uni, ballot, popc };

// What a thread asks of those it waits for.
struct Request {
  int operation = 0;  // Shuffle or Vote
  u32 mask = ~u32{0};
  u32 value = 0;
  u32 source = 0;   // of a shuffle: operand b
  u32 clamp = 0;    // of a shuffle: operand c
  u32 barrier = 0;  // its number
};

// What the threads of a block share.
struct BlockState {
  const Kernel& kernel;
  Memory& memory;
  Dim3 grid;
  Dim3 size;
  Dim3 index;
  SharedMemory shared;
  std::mt19937_64 random;
  bool interleaves;  // threads give way at memory accesses
};

struct Thread {
  Thread(BlockState& of, u32 thread_number, std::span<const std::byte> parameters);

  u32 lane() const { return number % kWarpSize; }
  u32 warp() const { return number / kWarpSize; }
  u32 lane_bit() const { return u32{1} << lane(); }
  bool can_run() const { return !exited && waits_for == Wait::nothing; }
  u64 variable(std::size_t i) const { return block.memory.variable(*block.kernel.variables, i); }

  void run() { exited = frame->run(*this) == Step::exited; }
  void wait_for(Wait what, const Request& with);
  bool gives_way();

  // Local memory of a function that begins; returns its address.
  u64 push_local(std::size_t num_bytes);

  // The bytes at base + offset. The sum wraps as the register does: shared addresses may have 32
  // bits.
  template <class Base>
  std::byte* at(Space space, Access access, Base base, s64 offset, u32 num_bytes) {
    const u64 address = static_cast<Base>(base + static_cast<Base>(offset));
    if ((address & (num_bytes - 1)) != 0)
      fail("misaligned: " + std::to_string(num_bytes) + " bytes at address " +
           std::to_string(address));
    return bytes_at(space, access, address, num_bytes);
  }

  // The same in a parameter array of a frame.
  template <std::size_t size, class Base>
  std::byte* inside(Bytes<size>& array, Base base, s64 offset, u32 num_bytes) const {
    const u64 at = static_cast<u64>(base) + static_cast<u64>(offset);
    if (at + num_bytes > size) fail("out of bounds of the parameters");
    return array.data.data() + at;
  }

  [[noreturn]] void fail(const std::string& message) const;

  BlockState& block;
  u32 number;  // in the block
  Dim3 index;  // the same in three dimensions
  int line = 0;
  bool exited = false;

  Wait waits_for = Wait::nothing;
  Request request;
  u32 answer = 0;
  bool answer_in_range = false;  // of a shuffle

  // The clock of each lane of the warp up to which its memory accesses are known to come before
  // what this thread does next.
  std::array<u32, kWarpSize> seen{};

 private:
  std::byte* bytes_at(Space space, Access access, u64 address, u32 num_bytes);

  std::unique_ptr<Frame> frame;
  std::vector<std::byte> local;
  u32 accesses_left = 0;  // before it gives way

  template <std::size_t, std::size_t, std::size_t>
  friend struct FrameOf;
};

}  // namespace isoloss::ptx
