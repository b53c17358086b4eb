// The block that runs: its threads, its warps and where each thread stands.

#pragma once

#include <array>
#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "cuda_on_cpu/threads.h"
#include "tests/cuda_on_cpu/rendezvous.h"

namespace cuda_on_cpu {

inline constexpr int kLanes = 32;

// Lanes that meet under one mask. Values alternate between two sets, so that nobody overwrites what
// a slow lane still reads: who arrives at the next meeting has read those of the last.
struct LaneGroup {
  std::atomic<unsigned> mask{0};  // 0: not used yet
  Rendezvous rendezvous;
  std::array<std::array<Exchange::Slot, kLanes>, 2> slots;
};

struct Warp {
  std::atomic<unsigned> gone{0};  // lanes that have ended, or never were
  std::array<LaneGroup, 64> groups;
};

// Where a thread waits. Atomic, since the thread that finds a deadlock reads those of all.
struct Standing {
  std::atomic<const char*> intrinsic{nullptr};
  std::atomic<const char*> file{nullptr};
  std::atomic<unsigned> line{0};
  std::atomic<unsigned> mask{0};
};

struct Block {
  explicit Block(int num_threads);

  const int num_threads;
  Runnable runnable;
  std::atomic<int> num_ended{0};
  Rendezvous barrier;
  std::array<std::atomic<unsigned>, 2> barrier_line{};  // where its threads stand, by parity
  std::vector<Standing> standing;                       // by thread
  std::vector<Warp> warps;
};

// The caller's place in a block; the host has none.
struct Thread {
  Block* block = nullptr;
  int rank = 0;
  int lane() const { return rank % kLanes; }
  Warp& warp() const { return block->warps[static_cast<unsigned>(rank / kLanes)]; }
};
Thread& this_thread();

inline bool in_kernel() { return this_thread().block != nullptr; }
std::string describe_thread();

// Lets those go on who wait for the caller, which has returned from the kernel.
void end_thread();

}  // namespace cuda_on_cpu
