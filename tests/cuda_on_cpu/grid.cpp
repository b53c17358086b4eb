#include "tests/cuda_on_cpu/grid.h"

#include <fmt/format.h>

#include <barrier>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "tests/cuda_on_cpu/block.h"
#include "tests/cuda_on_cpu/fail.h"
#include "tests/cuda_on_cpu/machine.h"
#include "tests/cuda_on_cpu/shared_memory.h"

namespace cuda_on_cpu {
namespace {

unsigned volume(const dim3& d) { return d.x * d.y * d.z; }

uint3 index_in(const dim3& d, unsigned rank) {
  return {rank % d.x, rank / d.x % d.y, rank / d.x / d.y};
}

// The threads of a launch, kept for all of its blocks.
class Pool {
 public:
  explicit Pool(const Grid& grid) : grid_(grid), gate_(int_volume(), Turn{this}) {
    for (int rank = 0; rank < int_volume(); ++rank)
      threads_.emplace_back([this, rank] { run(rank); });
  }

  void wait() {
    std::unique_lock lock(mutex_);
    if (!done_.wait_for(lock, machine().watchdog, [this] { return is_done_; }))
      fail(fmt::format("a kernel still runs after {} s", machine().watchdog.count()));
  }

 private:
  int int_volume() const { return static_cast<int>(volume(grid_.num_threads)); }

  // Between two blocks, while all threads stand at the gate.
  void turn() {
    if (block_) end_shared_memory(grid_.shared_bytes);
    block_.reset();
    if (next_block_ < volume(grid_.num_blocks)) {
      block_ = std::make_unique<Block>(int_volume());
      begin_shared_memory(grid_.shared_bytes);
      block_index_ = index_in(grid_.num_blocks, next_block_++);
      return;
    }
    const std::lock_guard lock(mutex_);
    is_done_ = true;
    done_.notify_all();
  }

  void run(int rank) {
    threadIdx = index_in(grid_.num_threads, static_cast<unsigned>(rank));
    blockDim = grid_.num_threads;
    gridDim = grid_.num_blocks;
    for (gate_.arrive_and_wait(); block_; gate_.arrive_and_wait()) {
      blockIdx = block_index_;
      this_thread() = {block_.get(), rank};
      grid_.thread();
      end_thread();
      this_thread() = {};
    }
  }

  struct Turn {
    Pool* pool;
    void operator()() noexcept { pool->turn(); }
  };

  const Grid& grid_;
  std::unique_ptr<Block> block_;
  unsigned next_block_ = 0;
  uint3 block_index_;
  std::mutex mutex_;
  std::condition_variable done_;
  bool is_done_ = false;
  std::barrier<Turn> gate_;
  std::vector<std::jthread> threads_;  // last, so that they end before what they use
};

}  // namespace

void run_grid(const Grid& grid) { Pool(grid).wait(); }

}  // namespace cuda_on_cpu
