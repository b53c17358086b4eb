// What laws need beyond exp and log, with the same bits as a scalar, in lanes and on a GPU.
//
// Templates over a real like those of fits/math.h, from the same operations. Derivatives:
// fits/dual_functions.h. Coefficients are polynomials through Chebyshev nodes of their intervals,
// computed to 60 digits and rounded. NaN gives NaN everywhere.

#pragma once

#include <limits>

#include "fits/math.h"

namespace isoloss {
namespace detail {

inline constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
inline constexpr double kSmallestNormal = std::numeric_limits<double>::min();
inline constexpr double kRoundToEven = 0x1.8p52;  // adding it rounds to an integer

// Angles up to 2^20: a whole number of quarter turns has 20 bits and the first two parts of pi / 2
// have 33, so that their products are exact.
inline constexpr double kLargestAngle = 0x1p20;
inline constexpr double kTwoOverPi = 0x1.45f306dc9c883p-1;
inline constexpr double kHalfPi1 = 0x1.921fb544p+0;
inline constexpr double kHalfPi2 = 0x1.0b4611a6p-34;
inline constexpr double kHalfPi3 = 0x1.3198a2e037073p-69;

inline constexpr double kHalfPi = 0x1.921fb54442d18p+0;
inline constexpr double kHalfPiLow = 0x1.1a62633145c07p-54;  // pi / 2 - kHalfPi
inline constexpr double kTanPiOver8 = 0x1.a827999fcef32p-2;
inline constexpr double kTan3PiOver8 = 0x1.3504f333f9de6p+1;

inline constexpr double kLogTwo = 0x1.62e42fefa39efp-1;
inline constexpr int kBalanceSteps = 3;

}  // namespace detail

// Natural log, NaN unless x is positive, normal and finite; elsewhere that of fits/math.h.
// Cost: that of log and 1 comparison.
template <class T>
ISOLOSS_HD inline T checked_log(const T& x) {
  return select_less(x, T(detail::kSmallestNormal), T(detail::kNan), log(x));
}

// 1 - e^-x without cancellation near x = 0. Range: x >= -708; below it the result is that of -708.
// Error: at most 2.1 ULP (functions_test measures 2.0). Cost: 25 operations.
// With e^-x = 2^k (1 + p): (1 - 2^k) - 2^k p, where k = 0 leaves -p alone.
template <class T>
ISOLOSS_HD inline T one_minus_exp(const T& x) {
  const detail::SplitExponent<T> split(T(0.0) - x);
  const T& r = split.r;
  const T z = r * r;
  T even = T(0x1.1f730349868cep-29);
  T odd = T(0x1.af4de97ca4194p-26);
  even = fma(even, z, T(0x1.27e4db646b17ep-22));
  odd = fma(odd, z, T(0x1.71de0231960ebp-19));
  even = fma(even, z, T(0x1.a01a01a6d889cp-16));
  odd = fma(odd, z, T(0x1.a01a01abe7fe1p-13));
  even = fma(even, z, T(0x1.6c16c16c162d4p-10));
  odd = fma(odd, z, T(0x1.11111111100dcp-7));
  even = fma(even, z, T(0x1.5555555555556p-5));
  odd = fma(odd, z, T(0x1.5555555555557p-3));
  even = fma(even, z, T(0.5));
  const T p = fma(z, fma(odd, r, even), r);
  const T scale = power_of_two(split.t);
  return (T(1.0) - scale) - scale * p;
}

namespace detail {

// sin(r) and cos(r) for |r| <= pi / 4.
template <class T>
ISOLOSS_HD inline T sin_near_zero(const T& r) {
  const T z = r * r;
  T sum = T(0x1.5e0af186af739p-33);
  sum = fma(sum, z, T(-0x1.ae600a926c89ap-26));
  sum = fma(sum, z, T(0x1.71de37961e4c6p-19));
  sum = fma(sum, z, T(-0x1.a01a019e8357dp-13));
  sum = fma(sum, z, T(0x1.1111111110bb1p-7));
  sum = fma(sum, z, T(-0x1.5555555555555p-3));
  return fma(r * z, sum, r);
}
template <class T>
ISOLOSS_HD inline T cos_near_zero(const T& r) {
  const T z = r * r;
  T sum = T(-0x1.907d7aebd5e3dp-37);
  sum = fma(sum, z, T(0x1.1eeb68b109173p-29));
  sum = fma(sum, z, T(-0x1.27e4fa17a41b4p-22));
  sum = fma(sum, z, T(0x1.a01a019f4e867p-16));
  sum = fma(sum, z, T(-0x1.6c16c16c16966p-10));
  sum = fma(sum, z, T(0x1.5555555555555p-5));
  // 1 - z / 2 is rounded to w; what the rounding took is added to the rest.
  const T half = T(0.5) * z;
  const T w = T(1.0) - half;
  return w + fma(z * z, sum, (T(1.0) - w) - half);
}

// sin(x + shift pi / 2).
template <class T>
ISOLOSS_HD inline T sin_of_turned(const T& x, double shift) {
  const T whole = fma(x, T(kTwoOverPi), T(kRoundToEven)) - T(kRoundToEven);
  const T r = fma(whole, T(-kHalfPi3), fma(whole, T(-kHalfPi2), fma(whole, T(-kHalfPi1), x)));
  const T quarter = whole + T(shift);
  const T turns = fma(quarter, T(0.25), T(kRoundToEven)) - T(kRoundToEven);
  const T place = fma(turns, T(-4.0), quarter);  // -2, -1, 0, 1 or 2
  const T square = place * place;
  const T sine = sin_near_zero(r);
  const T size = select_equal(square, T(1.0), cos_near_zero(r), sine);
  const T negative = select_equal(square, T(4.0), T(-1.0), T(1.0));
  const T sign = select_equal(place, T(-1.0), T(-1.0), negative);
  const T angle = max_of(x, T(0.0) - x);
  return select_less(T(kLargestAngle), angle, T(kNan), size * sign);
}

}  // namespace detail

// Sine and cosine. Range: |x| <= 2^20; beyond it NaN.
// Error: at most 2.5 ULP (functions_test measures 2.3), next to their zeros 3.5 ULP.
// Cost: 36 operations.
template <class T>
ISOLOSS_HD inline T sin(const T& x) {
  return detail::sin_of_turned(x, 0.0);
}
template <class T>
ISOLOSS_HD inline T cos(const T& x) {
  return detail::sin_of_turned(x, 1.0);
}

// Arc tangent, of every x. Error: at most 2 ULP (functions_test measures 1.9).
// Cost: 1 division, 26 operations.
// atan a = offset + atan t with t = a, (a - 1) / (a + 1) or -1 / a, so that |t| <= tan(pi / 8).
template <class T>
ISOLOSS_HD inline T atan(const T& x) {
  using detail::kTan3PiOver8, detail::kTanPiOver8;
  const T a = max_of(T(0.0) - x, x);
  const auto pick = [&](const T& low, const T& middle, const T& high) {
    return select_less(a, T(kTanPiOver8), low, select_less(a, T(kTan3PiOver8), middle, high));
  };
  const T t = pick(a, a - T(1.0), T(-1.0)) / pick(T(1.0), a + T(1.0), a);
  const T share = pick(T(0.0), T(0.5), T(1.0));
  const T z = t * t;
  T sum = T(-0x1.3a30736578460p-6);
  sum = fma(sum, z, T(0x1.41623e30d7e5ap-5));
  sum = fma(sum, z, T(-0x1.a0996f6552e9cp-5));
  sum = fma(sum, z, T(0x1.dfe640e58ee09p-5));
  sum = fma(sum, z, T(-0x1.10fa7732f734bp-4));
  sum = fma(sum, z, T(0x1.3b1262fd51001p-4));
  sum = fma(sum, z, T(-0x1.745d0b2844c78p-4));
  sum = fma(sum, z, T(0x1.c71c71853b0f3p-4));
  sum = fma(sum, z, T(-0x1.24924924361c3p-3));
  sum = fma(sum, z, T(0x1.999999999934bp-3));
  sum = fma(sum, z, T(-0x1.5555555555555p-2));
  const T tail = fma(t * z, sum, share * T(detail::kHalfPiLow));
  const T size = fma(share, T(detail::kHalfPi), t + tail);
  return select_less(x, T(0.0), T(0.0) - size, size);
}

// The z with log p - b log(1 - p) = a, where p = 1 / (1 + e^-z). Range: b in [0.05, 20], |a| <=
// 300. Error: at most 1e-15 relative to max(1, |z|) (functions_test measures 4e-16). Cost: 3 exp, 3
// log, 5 divisions.
//
// The left side is g(z) = z + (b - 1) log(1 + e^z): convex or concave, with slopes between 1 and b.
// The nearest of its two asymptotes and its tangent at zero is within 0.15 max(1, |z|); from there
// three of Halley's steps, each of which triples the digits, reach the last place.
template <class T>
ISOLOSS_HD inline T balance(const T& a, const T& b) {
  const T zero = T(0.0);
  const T one = T(1.0);
  const T excess = b - one;
  const T at_tangent = fma(excess, T(-detail::kLogTwo), a) * T(2.0) / (one + b);
  const T late = a / b;
  T z =
      select_less(one, b, min_of(min_of(a, late), at_tangent), max_of(max_of(a, late), at_tangent));
  for (int step = 0; step < detail::kBalanceSteps; ++step) {
    const T e = exp(min_of(z, zero - z));
    const T one_plus = e + one;
    // log(1 + e): what the rounding of the sum took is e / (1 + e) of it.
    const T soft = log(one_plus) + (e - (one_plus - one));
    const T miss = fma(excess, soft, select_less(z, zero, z, b * z) - a);
    const T slope = select_less(z, zero, fma(b, e, one), b + e);  // times one_plus
    z = z - miss * slope * one_plus / fma(T(-0.5) * miss, excess * e, slope * slope);
  }
  return z;
}

// log(1 + e^u), of a T as laws have it: a number, a dual number or a symbol. Any u.
// Error: at most 1e-16 + 1 ULP. Cost: 1 exp, 1 log.
// Above u = 40 it is u to the last place, in its derivatives too.
template <class T>
ISOLOSS_HD inline T softplus(const T& u) {
  const T linear = T(40.0);
  return log(T(1.0) + exp(min_of(u, linear))) + max_of(u - linear, T(0.0));
}

}  // namespace isoloss
