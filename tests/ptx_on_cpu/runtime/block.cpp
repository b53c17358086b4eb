#include "tests/ptx_on_cpu/runtime/block.h"

#include <algorithm>
#include <numeric>

#include "tests/ptx_on_cpu/runtime/warp.h"

namespace isoloss::ptx {
namespace {

Dim3 block_index(u32 number, const Dim3& grid) {
  return {number % grid.x, number / grid.x % grid.y, number / (grid.x * grid.y)};
}

}  // namespace

Block::Block(Memory& memory, const Kernel& kernel, const LaunchShape& shape, u32 number,
             std::span<const std::byte> parameters)
    : state_{kernel,
             memory,
             shape.grid,
             shape.block,
             block_index(number, shape.grid),
             SharedMemory(kernel, shape.shared_bytes),
             std::mt19937_64(shape.order.seed + number),
             shape.order.kind == ThreadOrder::Kind::interleaved},
      order_(shape.order),
      turns_(shape.block.count()) {
  threads_.reserve(turns_.size());
  for (u32 i = 0; i < turns_.size(); ++i) threads_.emplace_back(state_, i, parameters);
  std::iota(turns_.begin(), turns_.end(), 0u);
  if (order_.kind == ThreadOrder::Kind::descending) std::reverse(turns_.begin(), turns_.end());
}

void Block::run() {
  const auto exited = [](const Thread& t) { return t.exited; };
  while (!std::all_of(threads_.begin(), threads_.end(), exited)) {
    const bool ran = run_threads();
    const bool answered = answer_warps();
    if (!open_barrier() && !ran && !answered) fail_stuck();
  }
}

bool Block::run_threads() {
  if (state_.interleaves) shuffle_turns();
  bool ran = false;
  for (const u32 number : turns_) {
    if (!threads_[number].can_run()) continue;
    threads_[number].run();
    ran = true;
  }
  return ran;
}

bool Block::answer_warps() {
  bool answered = false;
  for (std::size_t begin = 0; begin < threads_.size(); begin += kWarpSize) {
    const std::size_t count = std::min<std::size_t>(kWarpSize, threads_.size() - begin);
    answered |= answer_warp(std::span<Thread>(threads_).subspan(begin, count));
  }
  return answered;
}

// Stricter than the hardware, which lets exited threads be: every thread must be at this barrier.
bool Block::open_barrier() {
  const Thread& first = threads_.front();
  u32 num_true = 0;
  for (const Thread& t : threads_) {
    if (t.waits_for != Wait::barrier || t.line != first.line ||
        t.request.barrier != first.request.barrier)
      return false;
    num_true += t.request.value;
  }
  const auto operation = static_cast<Vote>(first.request.operation);
  for (Thread& t : threads_) {
    t.waits_for = Wait::nothing;
    t.answer = operation == Vote::all   ? num_true == threads_.size()
               : operation == Vote::any ? num_true != 0
                                        : num_true;
  }
  state_.shared.start_epoch();
  return true;
}

// Fisher and Yates; std::shuffle may differ between libraries.
void Block::shuffle_turns() {
  for (std::size_t i = turns_.size() - 1; i > 0; --i)
    std::swap(turns_[i], turns_[state_.random() % (i + 1)]);
}

void Block::fail_stuck() const {
  const auto waits = [](const Thread& t) { return t.waits_for != Wait::nothing; };
  const auto at_barrier = [](const Thread& t) { return t.waits_for == Wait::barrier; };
  const auto count = [&](auto which) {
    return std::to_string(std::count_if(threads_.begin(), threads_.end(), which));
  };
  const auto stuck = std::find_if(threads_.begin(), threads_.end(), at_barrier);
  if (stuck == threads_.end())
    std::find_if(threads_.begin(), threads_.end(), waits)
        ->fail("stuck warp: a lane of the mask never comes to this operation");
  const auto here = [&](const Thread& t) { return at_barrier(t) && t.line == stuck->line; };
  stuck->fail("divergent barrier: " + count(here) + " of " + std::to_string(threads_.size()) +
              " threads wait here, " + count([](const Thread& t) { return t.exited; }) +
              " have exited");
}

}  // namespace isoloss::ptx
