// The shared memory of a block, with who last touched each byte: two threads that touch a byte, one
// of them to write, need a barrier in between.

#pragma once

#include <vector>

#include "tests/ptx_on_cpu/runtime/kernel.h"

namespace isoloss::ptx {

enum class Access { read, write, atomic };

class SharedMemory {
 public:
  SharedMemory(const Kernel& kernel, std::size_t dynamic_bytes);

  // The bytes at an address; fails through the thread if they are no variable's or in a race.
  std::byte* access(const Thread& t, Access access, u64 address, u32 num_bytes);

  // Every thread of the block has met at a barrier.
  void start_epoch() { ++epoch_; }

 private:
  struct Touch {
    u32 epoch = 0;  // 0: never touched
    u32 clock = 0;  // of the thread, which its warp's barriers advance
    u32 thread = 0;
    int line = 0;
    bool atomic = false;
  };
  struct Byte {
    bool owned = false;  // by a variable
    Touch write;
    Touch reads[2];  // the last of two different threads
  };

  bool conflicts(const Touch& before, const Thread& t, bool atomic) const;
  void check(const Touch& before, const Thread& t, bool atomic, const char* what, u64 at) const;
  void touch(Byte& byte, const Thread& t, Access access, u64 at);

  std::vector<std::byte> bytes_;
  std::vector<Byte> shadow_;
  u32 epoch_ = 1;
};

}  // namespace isoloss::ptx
