#include "tests/cuda_on_cpu/block.h"

#include <fmt/format.h>

#include <set>

#include "tests/cuda_on_cpu/fail.h"

namespace cuda_on_cpu {
namespace {

int num_required(const Block& block) {
  return block.num_threads - block.num_ended.load(kBookkeeping);
}
int num_required(const Warp& warp, unsigned mask) {
  return std::popcount(mask & ~warp.gone.load(kBookkeeping));
}

void stand_at(const char* intrinsic, unsigned mask, const Place& place) {
  const Thread& thread = this_thread();
  Standing& standing = thread.block->standing[static_cast<unsigned>(thread.rank)];
  standing.intrinsic.store(intrinsic, kBookkeeping);
  standing.file.store(place.file_name(), kBookkeeping);
  standing.line.store(place.line(), kBookkeeping);
  standing.mask.store(mask, kBookkeeping);
}

void on_deadlock() {
  std::set<std::string> places;
  for (const Standing& s : this_thread().block->standing) {
    if (s.intrinsic.load(kBookkeeping) == nullptr) continue;
    places.insert(fmt::format("{} with mask {:#x} at {}:{}", s.intrinsic.load(), s.mask.load(),
                              s.file.load(), s.line.load()));
  }
  fail(fmt::format("divergent barrier: threads of a block wait forever in\n  {}",
                   fmt::join(places, "\n  ")));
}

// The group of a mask, the same for all lanes that name it.
LaneGroup& group_of(Warp& warp, unsigned mask) {
  for (LaneGroup& group : warp.groups) {
    unsigned found = group.mask.load(kBookkeeping);
    if (found == 0 && group.mask.compare_exchange_strong(found, mask, kBookkeeping)) return group;
    if (found == mask) return group;
  }
  fail("a warp of one block used more than 64 different masks");
}

// Threads that stand at different barriers are let through by a GPU, or not: CUDA does not say.
void check_same_line(Block& block, std::uint32_t meeting, const Place& place) {
  block.barrier_line[(meeting + 1) % 2].store(0, kBookkeeping);
  unsigned line = 0;
  if (!block.barrier_line[meeting % 2].compare_exchange_strong(line, place.line(), kBookkeeping) &&
      line != place.line())
    fail(fmt::format("divergent barrier: threads of a block meet in __syncthreads at {}:{} and {}",
                     place.file_name(), line, place.line()));
}

}  // namespace

Block::Block(int num_threads_)
    : num_threads(num_threads_),
      runnable(num_threads_),
      standing(static_cast<unsigned>(num_threads_)),
      warps(static_cast<unsigned>((num_threads_ + kLanes - 1) / kLanes)) {
  const int num_last = num_threads % kLanes;
  if (num_last != 0) warps.back().gone = ~0u << num_last;
}

Thread& this_thread() {
  static thread_local Thread thread;
  return thread;
}

std::string describe_thread() {
  return fmt::format("block ({}, {}, {}), thread ({}, {}, {})", blockIdx.x, blockIdx.y, blockIdx.z,
                     threadIdx.x, threadIdx.y, threadIdx.z);
}

Exchange meet(const char* intrinsic, unsigned mask, std::uint64_t value, const Place& place) {
  const Thread& thread = this_thread();
  const int lane = thread.lane();
  if ((mask >> lane & 1) == 0)
    fail(fmt::format("lane {} is not in its own mask {:#x} of {} at {}:{}", lane, mask, intrinsic,
                     place.file_name(), place.line()));
  Warp& warp = thread.warp();
  LaneGroup& group = group_of(warp, mask);
  const std::uint32_t meeting = group.rendezvous.meeting();
  auto& slots = group.slots[meeting % 2];
  slots[static_cast<unsigned>(lane)] = {value, meeting};
  stand_at(intrinsic, mask, place);
  group.rendezvous.arrive(
      thread.block->runnable, [&] { return num_required(warp, mask); }, on_deadlock);
  return {slots.data(), meeting, lane};
}

unsigned ballot(const char* intrinsic, unsigned mask, bool value, const Place& place) {
  const Exchange exchange = meet(intrinsic, mask, value ? 1 : 0, place);
  unsigned bits = 0;
  for (int lane = 0; lane < kLanes; ++lane)
    if (exchange.present(lane) && exchange.slots[lane].value != 0) bits |= 1u << lane;
  return bits;
}

void end_thread() {
  Thread& thread = this_thread();
  Block& block = *thread.block;
  Warp& warp = thread.warp();
  block.standing[static_cast<unsigned>(thread.rank)].intrinsic.store(nullptr, kBookkeeping);
  warp.gone.fetch_or(1u << thread.lane(), kBookkeeping);
  block.num_ended.fetch_add(1, kBookkeeping);
  block.barrier.reconsider(block.runnable, [&] { return num_required(block); });
  for (LaneGroup& group : warp.groups) {
    const unsigned mask = group.mask.load(kBookkeeping);
    if (mask == 0) break;
    group.rendezvous.reconsider(block.runnable, [&] { return num_required(warp, mask); });
  }
  // At zero nothing moves any more: either all have ended, or the rest waits in vain.
  if (block.runnable.fetch_sub(1, kBookkeeping) == 1 && num_required(block) > 0) on_deadlock();
}

}  // namespace cuda_on_cpu

void __syncthreads(cuda_on_cpu::Place place) {
  const cuda_on_cpu::Thread& thread = cuda_on_cpu::this_thread();
  cuda_on_cpu::Block& block = *thread.block;
  cuda_on_cpu::check_same_line(block, block.barrier.meeting(), place);
  cuda_on_cpu::stand_at("__syncthreads", cuda_on_cpu::kAllLanes, place);
  block.barrier.arrive(
      block.runnable, [&] { return cuda_on_cpu::num_required(block); }, cuda_on_cpu::on_deadlock);
}

unsigned __activemask() { return 1u << cuda_on_cpu::this_thread().lane(); }
