// exp and log of floats, for screens that only rank: a third of the operations of fits/math.h.

#pragma once

#include "fits/math.h"

namespace isoloss {

ISOLOSS_HD inline float fma(float a, float b, float c) { return std::fma(a, b, c); }
ISOLOSS_HD inline float min_of(float a, float b) { return a < b ? a : b; }
ISOLOSS_HD inline float max_of(float a, float b) { return a > b ? a : b; }

// e^x. Range: |x| <= 87; beyond it the result is that of the nearer end. NaN gives NaN.
// Error: 2 ULP (math_test). Taylor's polynomial of degree 7 on |r| <= ln 2 / 2.
ISOLOSS_HD inline float exp(const float& x_any) {
  constexpr float kRound = 0x1.8p23f + 127.0f;  // leaves k + 127 in the low bits
  const float x = min_of(87.0f, max_of(-87.0f, x_any));
  const float t = fma(x, 0x1.715476p0f, kRound);
  const float k = t - kRound;
  const float r = fma(k, -0x1.05c610p-29f, fma(k, -0x1.62e430p-1f, x));
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
// Error: 2 ULP (math_test). With s = f / (2 + f): log(1 + f) = 2 (s + s^3 / 3 + s^5 / 5 + ...).
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

}  // namespace isoloss
