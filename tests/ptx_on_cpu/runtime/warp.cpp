#include "tests/ptx_on_cpu/runtime/warp.h"

namespace isoloss::ptx {
namespace {

bool same_request(const Thread& a, const Thread& b) {
  return a.waits_for == b.waits_for && a.request.operation == b.request.operation &&
         a.request.mask == b.request.mask;
}

// The lanes of the request's mask that wait with it; 0 while one of them is still to come.
u32 lanes_that_came(std::span<const Thread> warp, const Thread& first) {
  u32 came = 0;
  for (const Thread& t : warp) {
    if ((first.request.mask & t.lane_bit()) == 0 || t.exited) continue;
    if (!same_request(t, first)) return 0;
    came |= t.lane_bit();
  }
  return came;
}

// The source lane by the rules of PTX, "shfl.sync"; the lane's own if that is out of range.
u32 source_lane(Thread& t) {
  const auto mode = static_cast<Shuffle>(t.request.operation);
  const u32 lane = t.lane();
  const u32 by = t.request.source & 31;
  const u32 segment = t.request.clamp >> 8 & 31;
  const u32 least = lane & segment;
  const u32 most = least | (t.request.clamp & 31 & ~segment);
  const u32 source = mode == Shuffle::up     ? lane - by
                     : mode == Shuffle::down ? lane + by
                     : mode == Shuffle::bfly ? lane ^ by
                                             : least | (by & ~segment);
  t.answer_in_range =
      mode == Shuffle::up ? static_cast<s32>(source) >= static_cast<s32>(most) : source <= most;
  return t.answer_in_range ? source : lane;
}

void shuffle(std::span<Thread> warp, u32 lanes) {
  for (Thread& t : warp) {
    if ((lanes & t.lane_bit()) == 0) continue;
    const u32 source = source_lane(t);
    if ((lanes >> source & 1) == 0)
      t.fail("bad shuffle: it reads lane " + std::to_string(source) + ", which takes no part");
    t.answer = warp[source].request.value;
  }
}

void vote(std::span<Thread> warp, u32 lanes, Vote operation) {
  u32 ballot = 0;
  for (const Thread& t : warp)
    if ((lanes & t.lane_bit()) != 0 && t.request.value != 0) ballot |= t.lane_bit();
  for (Thread& t : warp) {
    if ((lanes & t.lane_bit()) == 0) continue;
    t.answer = operation == Vote::all   ? ballot == lanes
               : operation == Vote::any ? ballot != 0
               : operation == Vote::uni ? ballot == lanes || ballot == 0
                                        : ballot;
  }
}

// Each lane learns what the others know, and begins a new time of its own.
void exchange_clocks(std::span<Thread> warp, u32 lanes) {
  std::array<u32, kWarpSize> latest{};
  for (const Thread& t : warp)
    for (u32 i = 0; i < kWarpSize; ++i)
      if ((lanes & t.lane_bit()) != 0) latest[i] = std::max(latest[i], t.seen[i]);
  for (Thread& t : warp) {
    if ((lanes & t.lane_bit()) == 0) continue;
    t.seen = latest;
    ++t.seen[t.lane()];
  }
}

}  // namespace

bool answer_warp(std::span<Thread> warp) {
  bool answered = false;
  for (Thread& first : warp) {
    if (first.waits_for == Wait::nothing || first.waits_for == Wait::barrier) continue;
    const u32 lanes = lanes_that_came(warp, first);
    if (lanes == 0) continue;
    if (first.waits_for == Wait::shuffle) shuffle(warp, lanes);
    if (first.waits_for == Wait::vote)
      vote(warp, lanes, static_cast<Vote>(first.request.operation));
    if (first.waits_for == Wait::warp_barrier) exchange_clocks(warp, lanes);
    for (Thread& t : warp)
      if ((lanes & t.lane_bit()) != 0) t.waits_for = Wait::nothing;
    answered = true;
  }
  return answered;
}

}  // namespace isoloss::ptx
