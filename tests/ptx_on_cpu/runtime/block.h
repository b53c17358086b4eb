// One block of a launch: runs its threads in turns until all have exited.

#pragma once

#include "tests/ptx_on_cpu/runtime/launch.h"
#include "tests/ptx_on_cpu/runtime/thread.h"

namespace isoloss::ptx {

class Block {
 public:
  Block(Memory& memory, const Kernel& kernel, const LaunchShape& shape, u32 number,
        std::span<const std::byte> parameters);

  void run();

 private:
  bool run_threads();
  bool answer_warps();
  bool open_barrier();
  void shuffle_turns();
  [[noreturn]] void fail_stuck() const;

  BlockState state_;
  ThreadOrder order_;
  std::vector<Thread> threads_;
  std::vector<u32> turns_;  // numbers of threads in the order in which they run
};

}  // namespace isoloss::ptx
