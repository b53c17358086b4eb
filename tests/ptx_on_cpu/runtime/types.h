// The types of PTX under their own names, and registers: every register holds bits, and an
// instruction says as what it reads and writes them.

#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <type_traits>

namespace isoloss::ptx {

using pred = bool;
using u8 = std::uint8_t;
using s8 = std::int8_t;
using b8 = u8;
using u16 = std::uint16_t;
using s16 = std::int16_t;
using b16 = u16;
using u32 = std::uint32_t;
using s32 = std::int32_t;
using b32 = u32;
using u64 = std::uint64_t;
using s64 = std::int64_t;
using b64 = u64;
using f32 = float;
using f64 = double;

template <class T>
struct UnsignedOf : std::make_unsigned<T> {};
template <>
struct UnsignedOf<pred> {
  using type = bool;
};
template <>
struct UnsignedOf<f32> {
  using type = u32;
};
template <>
struct UnsignedOf<f64> {
  using type = u64;
};

// The bits that a register of type T holds.
template <class T>
using Storage = typename UnsignedOf<T>::type;

template <std::size_t num_bytes>
struct alignas(16) Bytes {
  std::array<std::byte, num_bytes> data;
};

// Reads a register, or a constant, as a T: of a wider register its low bits.
template <class T, class From>
T get(From bits) {
  return std::bit_cast<T>(static_cast<Storage<T>>(bits));
}

// Writes a T: into a wider register extended by its sign, if it has one.
template <class T, class To>
void set(To& to, T value) {
  if constexpr (std::is_same_v<To, bool> || std::is_floating_point_v<T>) {
    to = std::bit_cast<Storage<T>>(value);
  } else if constexpr (std::is_signed_v<T>) {
    to = static_cast<To>(static_cast<std::make_signed_t<To>>(value));
  } else {
    to = static_cast<To>(value);
  }
}

template <class Part, class Whole>
Part part(Whole whole, unsigned index) {
  return static_cast<Part>(whole >> (8 * sizeof(Part) * index));
}

// The first part is the lowest.
template <class Whole, class... Parts>
Whole pack(Parts... parts) {
  Whole whole = 0;
  unsigned shift = 0;
  ((whole |= static_cast<Whole>(parts) << shift, shift += 8 * sizeof(Parts)), ...);
  return whole;
}

template <class T>
T peek(const std::byte* from, std::size_t index) {
  T value;
  std::memcpy(&value, from + index * sizeof(T), sizeof(T));
  return value;
}

template <class T>
void poke(std::byte* to, std::size_t index, T value) {
  std::memcpy(to + index * sizeof(T), &value, sizeof(T));
}

}  // namespace isoloss::ptx
