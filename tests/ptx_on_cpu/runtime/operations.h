// What the instructions compute, by the names of translate/value_rules.cpp. Floating operations are
// those of IEEE 754, rounded once; integers wrap, so they are computed without a sign.

#pragma once

#include <bit>
#include <cmath>
#include <limits>

#include "tests/ptx_on_cpu/runtime/types.h"

namespace isoloss::ptx {

// Integers of twice the width.
__extension__ using u128 = unsigned __int128;
__extension__ using s128 = __int128;

template <class T>
inline constexpr u32 kBits = 8 * sizeof(T);

// u16 would become int in arithmetic, whose overflow is undefined.
template <class T>
u64 wrapping(T x) {
  return static_cast<u64>(x);
}

template <class T>
T add(T a, T b) {
  if constexpr (std::is_floating_point_v<T>) return a + b;
  if constexpr (std::is_integral_v<T>) return static_cast<T>(wrapping(a) + wrapping(b));
}
template <class T>
T sub(T a, T b) {
  if constexpr (std::is_floating_point_v<T>) return a - b;
  if constexpr (std::is_integral_v<T>) return static_cast<T>(wrapping(a) - wrapping(b));
}
template <class T>
T mul(T a, T b) {
  if constexpr (std::is_floating_point_v<T>) return a * b;
  if constexpr (std::is_integral_v<T>) return static_cast<T>(wrapping(a) * wrapping(b));
}

template <class T>
auto mul_wide(T a, T b) {
  using Wide = std::conditional_t<sizeof(T) == 2, std::conditional_t<std::is_signed_v<T>, s32, u32>,
                                  std::conditional_t<std::is_signed_v<T>, s64, u64>>;
  return static_cast<Wide>(static_cast<Wide>(a) * static_cast<Wide>(b));
}
template <class T>
T mul_hi(T a, T b) {
  using Wide = std::conditional_t<std::is_signed_v<T>, s128, u128>;
  return static_cast<T>((static_cast<Wide>(a) * static_cast<Wide>(b)) >> kBits<T>);
}
template <class T>
T mad_lo(T a, T b, T c) {
  return add(mul(a, b), c);
}
template <class T>
T mad_hi(T a, T b, T c) {
  return add(mul_hi(a, b), c);
}
template <class T, class Wide>
Wide mad_wide(T a, T b, Wide c) {
  return add(static_cast<Wide>(mul_wide(a, b)), c);
}

template <class T>
T fma_rn(T a, T b, T c) {
  return std::fma(a, b, c);
}

// A division by zero gives all ones, as the hardware does; PTX leaves it open.
template <class T>
T div(T a, T b) {
  if constexpr (std::is_floating_point_v<T>) return a / b;
  if constexpr (std::is_integral_v<T>) {
    if (b == 0) return static_cast<T>(~T{0});
    if (std::is_signed_v<T> && b == static_cast<T>(-1)) return sub(T{0}, a);
    return static_cast<T>(a / b);
  }
}
template <class T>
T rem(T a, T b) {
  return b == 0 ? a : sub(a, mul(div(a, b), b));
}

template <class T>
T reciprocal(T x) {
  return T{1} / x;
}
template <class T>
T square_root(T x) {
  return std::sqrt(x);
}
template <class T>
T reciprocal_root(T x) {
  return T{1} / std::sqrt(x);
}

// Of a number and NaN the number; of two zeros the negative one is less.
template <class T>
T min_of(T a, T b) {
  if constexpr (std::is_floating_point_v<T>) {
    if (std::isnan(a)) return b;
    if (a == b) return std::signbit(a) ? a : b;
    return b < a ? b : a;
  }
  return b < a ? b : a;
}
template <class T>
T max_of(T a, T b) {
  if constexpr (std::is_floating_point_v<T>) {
    if (std::isnan(a)) return b;
    if (a == b) return std::signbit(a) ? b : a;
    return a < b ? b : a;
  }
  return a < b ? b : a;
}

template <class T>
T neg(T x) {
  if constexpr (std::is_floating_point_v<T>) return -x;
  if constexpr (std::is_integral_v<T>) return sub(T{0}, x);
}
template <class T>
T abs(T x) {
  if constexpr (std::is_floating_point_v<T>) return std::fabs(x);
  if constexpr (std::is_integral_v<T>) return x < 0 ? neg(x) : x;
}
// PTX has the sign first.
template <class T>
T copy_sign(T sign, T magnitude) {
  return std::copysign(magnitude, sign);
}

inline f32 ex2_f32(f32 x) { return std::exp2(x); }
inline f32 lg2_f32(f32 x) { return std::log2(x); }
inline f32 sin_f32(f32 x) { return std::sin(x); }
inline f32 cos_f32(f32 x) { return std::cos(x); }
inline f32 tanh_f32(f32 x) { return std::tanh(x); }

// .ftz: numbers below the normal range count as zero, before and after.
inline f32 flush(f32 x) { return std::fpclassify(x) == FP_SUBNORMAL ? std::copysign(0.0f, x) : x; }
template <f32 (*function)(f32)>
f32 flushed(f32 x) {
  return flush(function(flush(x)));
}

// .approx.ftz.f64 gives the high word only: the low one is zero.
template <f64 (*function)(f64)>
f64 gross(f64 x) {
  const f64 flat = std::fpclassify(x) == FP_SUBNORMAL ? std::copysign(0.0, x) : x;
  return std::bit_cast<f64>(std::bit_cast<u64>(function(flat)) >> 32 << 32);
}

enum class Comparison { eq, ne, lt, le, gt, ge, no, yes };

// or_nan: what it is when one side is NaN.
template <Comparison comparison, bool or_nan, class T>
bool compare(T a, T b) {
  if (a != a || b != b) return or_nan;
  switch (comparison) {
    case Comparison::eq:
      return a == b;
    case Comparison::ne:
      return a != b;
    case Comparison::lt:
      return a < b;
    case Comparison::le:
      return a <= b;
    case Comparison::gt:
      return a > b;
    case Comparison::ge:
      return a >= b;
    case Comparison::no:
      return false;
    case Comparison::yes:
      return true;
  }
}

template <class T>
T truth(bool holds) {
  if constexpr (std::is_floating_point_v<T>) return holds ? T{1} : T{0};
  if constexpr (std::is_integral_v<T>) return holds ? static_cast<T>(~T{0}) : T{0};
}

template <class T>
T select(T a, T b, bool first) {
  return first ? a : b;
}

}  // namespace isoloss::ptx
