// How the threads of a block meet: barriers, votes and shuffles.

#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <source_location>

#include "cuda_on_cpu/language.h"

namespace cuda_on_cpu {

// Where the product's kernel stands; a default argument, so that callers need not say it.
using Place = std::source_location;

inline constexpr unsigned kAllLanes = 0xffffffffu;

// What the lanes of a mask laid down at one meeting.
struct Exchange {
  struct Slot {
    std::uint64_t value = 0;
    std::uint32_t meeting = 0;
  };
  const Slot* slots;  // 32 lanes
  std::uint32_t meeting;
  int lane;  // the caller's

  bool present(int of_lane) const { return slots[of_lane].meeting == meeting; }
};

// Lays down `value` and waits until every lane of the mask that still runs has done so.
Exchange meet(const char* intrinsic, unsigned mask, std::uint64_t value, const Place& place);

// A bit for each lane of the mask that laid down something other than zero.
unsigned ballot(const char* intrinsic, unsigned mask, bool value, const Place& place);

// `source` maps (lane, first lane of its segment, end of the segment) to the lane to read, or to
// the caller's own. A lane that takes no part has no value: all bits are set, which is NaN.
template <class T, class Source>
T shuffle(const char* intrinsic, unsigned mask, T value, int width, const Place& place,
          Source source) {
  static_assert(sizeof(T) == 4 || sizeof(T) == 8, "CUDA shuffles 4 or 8 bytes");
  std::uint64_t bits = 0;
  std::memcpy(&bits, &value, sizeof(T));
  const Exchange exchange = meet(intrinsic, mask, bits, place);
  const int first = exchange.lane & ~(width - 1);
  const int from = source(exchange.lane, first, first + width);
  bits = exchange.present(from) ? exchange.slots[from].value : ~std::uint64_t{0};
  std::memcpy(&value, &bits, sizeof(T));
  return value;
}

}  // namespace cuda_on_cpu

void __syncthreads(cuda_on_cpu::Place place = cuda_on_cpu::Place::current());

inline void __syncwarp(unsigned mask = cuda_on_cpu::kAllLanes,
                       cuda_on_cpu::Place place = cuda_on_cpu::Place::current()) {
  cuda_on_cpu::meet("__syncwarp", mask, 0, place);
}

template <class T>
T __shfl_sync(unsigned mask, T value, int source, int width = warpSize,
              cuda_on_cpu::Place place = cuda_on_cpu::Place::current()) {
  return cuda_on_cpu::shuffle(
      "__shfl_sync", mask, value, width, place,
      [=](int, int first, int end) { return first + (source & (end - first - 1)); });
}

template <class T>
T __shfl_xor_sync(unsigned mask, T value, int lanes, int width = warpSize,
                  cuda_on_cpu::Place place = cuda_on_cpu::Place::current()) {
  return cuda_on_cpu::shuffle(
      "__shfl_xor_sync", mask, value, width, place,
      [=](int lane, int, int end) { return (lane ^ lanes) < end ? lane ^ lanes : lane; });
}

template <class T>
T __shfl_down_sync(unsigned mask, T value, unsigned lanes, int width = warpSize,
                   cuda_on_cpu::Place place = cuda_on_cpu::Place::current()) {
  return cuda_on_cpu::shuffle("__shfl_down_sync", mask, value, width, place,
                              [=](int lane, int, int end) {
                                const int from = lane + static_cast<int>(lanes);
                                return from < end ? from : lane;
                              });
}

template <class T>
T __shfl_up_sync(unsigned mask, T value, unsigned lanes, int width = warpSize,
                 cuda_on_cpu::Place place = cuda_on_cpu::Place::current()) {
  return cuda_on_cpu::shuffle("__shfl_up_sync", mask, value, width, place,
                              [=](int lane, int first, int) {
                                const int from = lane - static_cast<int>(lanes);
                                return from >= first ? from : lane;
                              });
}

inline unsigned __ballot_sync(unsigned mask, int predicate,
                              cuda_on_cpu::Place place = cuda_on_cpu::Place::current()) {
  return cuda_on_cpu::ballot("__ballot_sync", mask, predicate != 0, place);
}

inline int __any_sync(unsigned mask, int predicate,
                      cuda_on_cpu::Place place = cuda_on_cpu::Place::current()) {
  return cuda_on_cpu::ballot("__any_sync", mask, predicate != 0, place) != 0;
}

inline int __all_sync(unsigned mask, int predicate,
                      cuda_on_cpu::Place place = cuda_on_cpu::Place::current()) {
  return cuda_on_cpu::ballot("__all_sync", mask, predicate == 0, place) == 0;
}

// Lanes are never in step here, so the one lane that is surely active is the caller.
unsigned __activemask();

inline int __popc(unsigned bits) { return std::popcount(bits); }
inline int __popcll(unsigned long long bits) { return std::popcount(bits); }
inline int __ffs(int bits) { return bits == 0 ? 0 : std::countr_zero(unsigned(bits)) + 1; }
inline int __clz(int bits) { return std::countl_zero(unsigned(bits)); }
