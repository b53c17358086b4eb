// Logic, shifts and fields of bits, by the names of translate/value_rules.cpp.

#pragma once

#include <algorithm>
#include <bit>

#include "tests/ptx_on_cpu/runtime/operations.h"

namespace isoloss::ptx {

template <class T>
T bit_and(T a, T b) {
  return static_cast<T>(a & b);
}
template <class T>
T bit_or(T a, T b) {
  return static_cast<T>(a | b);
}
template <class T>
T bit_xor(T a, T b) {
  return static_cast<T>(a ^ b);
}
template <class T>
T bit_not(T a) {
  if constexpr (std::is_same_v<T, bool>) return !a;
  return static_cast<T>(~a);
}

// A shift by the width or more leaves nothing, or copies of the sign.
template <class T>
T shift_left(T x, u32 by) {
  return by < kBits<T> ? static_cast<T>(wrapping(x) << by) : T{0};
}
template <class T>
T shift_right(T x, u32 by) {
  if (by < kBits<T>) return static_cast<T>(x >> by);
  return std::is_signed_v<T> && x < 0 ? static_cast<T>(-1) : T{0};
}

inline u32 funnel_left(u32 low, u32 high, u32 by) {
  return static_cast<u32>(((u64{high} << 32 | low) << by) >> 32);
}
inline u32 funnel_right(u32 low, u32 high, u32 by) {
  return static_cast<u32>((u64{high} << 32 | low) >> by);
}
inline u32 funnel_l_wrap(u32 low, u32 high, u32 by) { return funnel_left(low, high, by & 31); }
inline u32 funnel_r_wrap(u32 low, u32 high, u32 by) { return funnel_right(low, high, by & 31); }
inline u32 funnel_l_clamp(u32 low, u32 high, u32 by) {
  return funnel_left(low, high, std::min(by, 32u));
}
inline u32 funnel_r_clamp(u32 low, u32 high, u32 by) {
  return funnel_right(low, high, std::min(by, 32u));
}

template <class T>
u32 popc(T x) {
  return static_cast<u32>(std::popcount(x));
}
template <class T>
u32 clz(T x) {
  return static_cast<u32>(std::countl_zero(x));
}

template <class T>
T reverse_bits(T x) {
  T reversed = 0;
  for (u32 i = 0; i < kBits<T>; ++i)
    if ((x >> i & 1) != 0) reversed |= T{1} << (kBits<T> - 1 - i);
  return reversed;
}

// The field of `length` bits at `position`; beyond the top it goes on with zeros or the sign.
template <class T>
T bit_field(T x, u32 position, u32 length) {
  position &= 0xFF;
  length &= 0xFF;
  if (length == 0) return 0;
  const T shifted = shift_right(x, position);
  if (length >= kBits<T>) return shifted;
  const u32 above = kBits<T> - length;
  return shift_right(static_cast<T>(shift_left(shifted, above)), above);
}

template <class T>
T bit_field_insert(T field, T into, u32 position, u32 length) {
  position &= 0xFF;
  length &= 0xFF;
  const T ones = length >= kBits<T> ? static_cast<T>(~T{0}) : sub(shift_left(T{1}, length), T{1});
  const T mask = shift_left(ones, position);
  return static_cast<T>((into & ~mask) | (shift_left(field, position) & mask));
}

// Four bytes chosen from eight by nibbles; the top bit of a nibble asks for copies of the sign.
inline u32 permute_bytes(u32 a, u32 b, u32 selector) {
  const u64 bytes = u64{b} << 32 | a;
  u32 result = 0;
  for (u32 i = 0; i < 4; ++i) {
    const u32 nibble = selector >> (4 * i) & 0xF;
    const u32 byte = static_cast<u32>(bytes >> (8 * (nibble & 7))) & 0xFF;
    const u32 sign = (byte & 0x80) != 0 ? 0xFF : 0;
    result |= ((nibble & 8) != 0 ? sign : byte) << (8 * i);
  }
  return result;
}

// Any function of three bits, given by its table of eight.
inline u32 logic_of_three(u32 a, u32 b, u32 c, u32 table) {
  u32 result = 0;
  for (u32 i = 0; i < 32; ++i) {
    const u32 row = (a >> i & 1) << 2 | (b >> i & 1) << 1 | (c >> i & 1);
    result |= (table >> row & 1) << i;
  }
  return result;
}

// The highest bit that differs from the sign, or all ones if there is none.
template <class T>
u32 leading_bit(T x) {
  if (std::is_signed_v<T> && x < 0) x = static_cast<T>(~x);
  return x == 0 ? ~u32{0} : kBits<T> - 1 - clz(static_cast<Storage<T>>(x));
}
template <class T>
u32 leading_bit_shift(T x) {
  const u32 bit = leading_bit(x);
  return bit == ~u32{0} ? bit : kBits<T> - 1 - bit;
}

}  // namespace isoloss::ptx
