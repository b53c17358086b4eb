// exp and log that give the same bits as a scalar, in lanes of any width and on any processor.
//
// Both are short polynomials built from operations that IEEE 754 rounds once (+ - * / fma) and from
// shifts of the bit pattern, so nothing depends on a vendor's library. Even and odd powers are
// summed apart: two short chains of operations instead of a long one. They are templates over a
// "real": double here, packs of doubles in host/simd/. A real provides + - * / and
//   fma(a, b, c)                a * b + c, rounded once
//   select_less(a, b, x, y)     a < b ? x : y; a comparison with NaN is false
//   select_equal(a, b, x, y)    a == b ? x : y
//   min_of(a, b), max_of(a, b)  a < b ? a : b and a > b ? a : b, so that a NaN in b stays
//   power_of_two(t)             2^k for t = kRoundToInt + k
//   exponent_of(x), mantissa_of(x)   x = m * 2^e with m in [sqrt(1/2), sqrt(2)), x normal
//
// Coefficients are minimax polynomials, computed for these intervals to 50 digits and rounded.

#pragma once

#include <bit>
#include <cmath>
#include <cstdint>

#include "fits/law.h"

namespace isoloss {
namespace detail {

// Adding this rounds to an integer k and leaves k + 1023, the biased exponent, in the low bits.
inline constexpr double kRoundToInt = 0x1.8p52 + 1023.0;
inline constexpr std::uint64_t kSqrtHalfBits = 0x3FE6A09E667F3BCDu;
inline constexpr std::uint64_t kExponentOffset = 0x4000000000000000u;  // keeps the shift unsigned
inline constexpr std::uint64_t kTwoTo52Bits = 0x4330000000000000u;
inline constexpr double kTwoTo52PlusOffset = 0x1p52 + 1024.0;
inline constexpr double kLn2High = 0x1.62e42fefa38p-1;   // 11 low bits are zero: k * this is exact
inline constexpr double kLn2Low = 0x1.ef35793c7673p-45;  // ln 2 - kLn2High

}  // namespace detail

ISOLOSS_HD inline double fma(double a, double b, double c) { return std::fma(a, b, c); }

ISOLOSS_HD inline double select_less(double a, double b, double x, double y) {
  return a < b ? x : y;
}

ISOLOSS_HD inline double select_equal(double a, double b, double x, double y) {
  return a == b ? x : y;
}
ISOLOSS_HD inline double min_of(double a, double b) { return a < b ? a : b; }
ISOLOSS_HD inline double max_of(double a, double b) { return a > b ? a : b; }

ISOLOSS_HD inline double power_of_two(double t) {
  return std::bit_cast<double>(std::bit_cast<std::uint64_t>(t) << 52);
}

ISOLOSS_HD inline double exponent_of(double x) {
  const std::uint64_t t =
      std::bit_cast<std::uint64_t>(x) - detail::kSqrtHalfBits + detail::kExponentOffset;
  return std::bit_cast<double>((t >> 52) | detail::kTwoTo52Bits) - detail::kTwoTo52PlusOffset;
}

ISOLOSS_HD inline double mantissa_of(double x) {
  const std::uint64_t t =
      std::bit_cast<std::uint64_t>(x) - detail::kSqrtHalfBits + detail::kExponentOffset;
  const std::uint64_t exponent_bits = ((t >> 52) << 52) - detail::kExponentOffset;
  return std::bit_cast<double>(std::bit_cast<std::uint64_t>(x) - exponent_bits);
}

namespace detail {

// x = k ln 2 + r with a whole number k and |r| <= ln 2 / 2, x held to +-708.
template <class T>
struct SplitExponent {
  T t;  // k as power_of_two takes it
  T r;

  ISOLOSS_HD explicit SplitExponent(const T& x_any) {
    const T x = min_of(T(708.0), max_of(T(-708.0), x_any));
    t = fma(x, T(0x1.71547652b82fep0), T(kRoundToInt));
    const T k = t - T(kRoundToInt);
    r = fma(k, T(-kLn2Low), fma(k, T(-kLn2High), x));
  }
};

}  // namespace detail

// e^x. Range: |x| <= 708; beyond it the result is that of the nearer end. NaN gives NaN.
// Error: at most 1.1 ULP (math_test measures 1.03). Cost: 18 operations.
template <class T>
ISOLOSS_HD inline T exp(const T& x) {
  const detail::SplitExponent<T> split(x);
  const T& r = split.r;
  const T z = r * r;
  T odd = T(0x1.ad7f3e0b6f147p-26);
  T even = T(0x1.28ad9b82bb1ebp-22);
  odd = fma(odd, z, T(0x1.71df25b394b9fp-19));
  even = fma(even, z, T(0x1.a01999e2667d6p-16));
  odd = fma(odd, z, T(0x1.a01a012a0efc8p-13));
  even = fma(even, z, T(0x1.6c16c18438af3p-10));
  odd = fma(odd, z, T(0x1.1111111127d0fp-7));
  even = fma(even, z, T(0x1.555555555083ep-5));
  odd = fma(odd, z, T(0x1.55555555554f9p-3));
  even = fma(even, z, T(0x1.000000000000ap-1));
  return (T(1.0) + fma(z, fma(odd, r, even), r)) * power_of_two(split.t);
}

// Natural log of x. Range: x positive and normal. NaN and infinity give NaN.
// Error: at most 1 ULP (math_test measures 0.81). Cost: 1 division, 22 operations.
// With s = f / (2 + f): log(1 + f) = f - (f^2 / 2 - s * (f^2 / 2 + R(s^2))).
template <class T>
ISOLOSS_HD inline T log(const T& x) {
  const T k = exponent_of(x);
  const T f = mantissa_of(x) - T(1.0);
  const T s = f / (f + T(2.0));
  const T z = s * s;
  const T zz = z * z;
  T even = T(0x1.2f0d93e684e17p-3);
  T odd = T(0x1.39a0f470a1d9dp-3);
  even = fma(even, zz, T(0x1.74664632ab3cep-3));
  odd = fma(odd, zz, T(0x1.c71c51e7d721ap-3));
  even = fma(even, zz, T(0x1.2492494217cbbp-2));
  odd = fma(odd, zz, T(0x1.999999997fb2ep-2));
  even = fma(even, zz, T(0x1.5555555555593p-1));
  const T half_square = T(0.5) * (f * f);
  const T tail = fma(fma(odd, z, even), z, half_square);
  // NaN and infinity have no exponent to split off: x * 0 makes them NaN.
  const T correction = fma(s, tail, fma(x, T(0.0), k * T(detail::kLn2Low)));
  return fma(k, T(detail::kLn2High), f - (half_square - correction));
}

// exp and log of floats, for screens that only rank: a third of the operations.

ISOLOSS_HD inline float fma(float a, float b, float c) { return std::fma(a, b, c); }
ISOLOSS_HD inline float min_of(float a, float b) { return a < b ? a : b; }
ISOLOSS_HD inline float max_of(float a, float b) { return a > b ? a : b; }

// e^x. Range: |x| <= 87; beyond it the result is that of the nearer end. NaN gives NaN.
// Error: 1 ULP (math_float_test). Taylor's polynomial of degree 7 on |r| <= ln 2 / 2.
ISOLOSS_HD inline float exp(const float& x_any) {
  constexpr float kRound = 0x1.8p23f + 127.0f;  // leaves k + 127 in the low bits
  const float x = min_of(87.0f, max_of(-87.0f, x_any));
  const float t = fma(x, 0x1.715476p0f, kRound);
  const float k = t - kRound;
  const float r = fma(k, 0x1.05c610p-29f, fma(k, -0x1.62e430p-1f, x));
  float sum = 1.0f / 5040;
  sum = fma(sum, r, 1.0f / 720);
  sum = fma(sum, r, 1.0f / 120);
  sum = fma(sum, r, 1.0f / 24);
  sum = fma(sum, r, 1.0f / 6);
  sum = fma(sum, r, 0.5f);
  sum = fma(sum, r, 1.0f);
  const float scale = std::bit_cast<float>(std::bit_cast<std::uint32_t>(t) << 23);
  return fma(sum, r, 1.0f) * scale;
}

// Natural log of x. Range: x positive and normal. NaN and infinity give NaN.
// Error: 1 ULP (math_float_test). s = f / (2 + f): log(1 + f) = 2 (s + s^3 / 3 + s^5 / 5 + ...).
ISOLOSS_HD inline float log(const float& x) {
  constexpr std::uint32_t kSqrtHalf = 0x3F3504F3u;
  const std::uint32_t bits = std::bit_cast<std::uint32_t>(x);
  const std::uint32_t shifted = bits - kSqrtHalf + 0x40000000u;
  const std::uint32_t exponent = (shifted >> 23 << 23) - 0x40000000u;
  const float f = std::bit_cast<float>(bits - exponent) - 1.0f;
  const float k = static_cast<float>(static_cast<int>(shifted >> 23) - 128);
  const float s = f / (f + 2.0f);
  const float z = s * s;
  float tail = 2.0f / 9;
  tail = fma(tail, z, 2.0f / 7);
  tail = fma(tail, z, 2.0f / 5);
  tail = fma(tail, z, 2.0f / 3);
  // f - s (f - z tail) is 2 s + s z tail without the rounding of 2 s.
  const float log_mantissa = f - s * (f - z * tail);
  return fma(k, 0x1.62e430p-1f, log_mantissa + x * 0.0f);
}

// log(e^a + e^b + ...). Range: every argument within +-708, so that no exponential leaves the
// range of double; laws keep to it by their bounds. Error: 2 ULP of the largest term, relative.
template <class T, class... Rest>
ISOLOSS_HD inline T log_sum_exp(const T& first, const Rest&... rest) {
  return log((exp(first) + ... + exp(rest)));
}

}  // namespace isoloss
