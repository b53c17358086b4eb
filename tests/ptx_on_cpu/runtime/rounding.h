// Rounding in other directions than to nearest, and conversions.

#pragma once

#include <cfenv>
#include <cmath>
#include <limits>

#include "tests/ptx_on_cpu/runtime/types.h"

namespace isoloss::ptx {

// Of PTX: to nearest even, to zero, down, up; with an i, to an integer.
enum class Round { none, rn, rz, rm, rp, rni, rzi, rmi, rpi };

constexpr int mode_of(Round round) {
  return round == Round::rz   ? FE_TOWARDZERO
         : round == Round::rm ? FE_DOWNWARD
         : round == Round::rp ? FE_UPWARD
                              : FE_TONEAREST;
}

// The volatile operands keep the compiler from computing under another mode.
template <Round round, class Operation, class... T>
[[gnu::noinline]] auto rounded(Operation operation, T... operands) {
  const int before = std::fegetround();
  std::fesetround(mode_of(round));
  const auto compute = [&](volatile T&... inputs) { return operation(T(inputs)...); };
  volatile auto result = compute(operands...);
  std::fesetround(before);
  return decltype(operation(operands...))(result);
}

template <Round round, class T>
T add_to(T a, T b) {
  return rounded<round>([](T x, T y) { return x + y; }, a, b);
}
template <Round round, class T>
T sub_to(T a, T b) {
  return rounded<round>([](T x, T y) { return x - y; }, a, b);
}
template <Round round, class T>
T mul_to(T a, T b) {
  return rounded<round>([](T x, T y) { return x * y; }, a, b);
}
template <Round round, class T>
T fma_to(T a, T b, T c) {
  return rounded<round>([](T x, T y, T z) { return std::fma(x, y, z); }, a, b, c);
}

template <Round round, class T>
T to_integer(T x) {
  switch (round) {
    case Round::rni:
      return std::nearbyint(x);
    case Round::rzi:
      return std::trunc(x);
    case Round::rmi:
      return std::floor(x);
    case Round::rpi:
      return std::ceil(x);
    default:
      return x;
  }
}

// PTX: beyond the range gives its nearer end; NaN gives 0, or the top bit if one side has 64 bits.
template <class To, class From>
To clamped_integer(From x) {
  if (std::isnan(x)) {
    const bool wide = std::is_same_v<From, f64> && sizeof(To) == 8;
    return wide ? static_cast<To>(u64{1} << 63) : To{0};
  }
  const From past_end = std::ldexp(From{1}, std::numeric_limits<To>::digits);
  if (x >= past_end) return std::numeric_limits<To>::max();
  if (x < static_cast<From>(std::numeric_limits<To>::min())) return std::numeric_limits<To>::min();
  return static_cast<To>(x);
}

template <class To, Round round, class From>
To convert(From x) {
  if constexpr (std::is_integral_v<From> && std::is_integral_v<To>) {
    return static_cast<To>(x);
  } else if constexpr (std::is_integral_v<To>) {
    return clamped_integer<To>(to_integer<round>(x));
  } else if constexpr (round == Round::none || round == Round::rn) {
    return static_cast<To>(x);
  } else if constexpr (round == Round::rz || round == Round::rm || round == Round::rp) {
    return rounded<round>([](From y) { return static_cast<To>(y); }, x);
  } else {
    return static_cast<To>(to_integer<round>(x));
  }
}

// To the range of the result; of a floating one that is [0, 1], with NaN as 0.
template <class To, Round round, class From>
To convert_saturated(From x) {
  if constexpr (std::is_floating_point_v<To>) {
    const To value = convert<To, round>(x);
    return value > 0 ? (value < 1 ? value : To{1}) : To{0};
  } else if constexpr (std::is_floating_point_v<From>) {
    return convert<To, round>(x);
  } else {
    __extension__ using s128 = __int128;
    const auto wide = static_cast<s128>(x);
    if (wide > std::numeric_limits<To>::max()) return std::numeric_limits<To>::max();
    if (wide < std::numeric_limits<To>::min()) return std::numeric_limits<To>::min();
    return static_cast<To>(x);
  }
}

}  // namespace isoloss::ptx
