// The functions of fits/functions.h on dual numbers, and operators of a dual and a constant.

#pragma once

#include "fits/dual.h"
#include "fits/functions.h"

namespace isoloss {

template <class T, int P>
ISOLOSS_HD Dual<T, P> operator-(const Dual<T, P>& x) {
  return chain(x, T(0.0) - x.value, T(-1.0), T(0.0));
}
template <class T, int P>
ISOLOSS_HD Dual<T, P> operator+(const Dual<T, P>& x, const T& c) {
  Dual<T, P> out = x;
  out.value = x.value + c;
  return out;
}
template <class T, int P>
ISOLOSS_HD Dual<T, P> operator+(const T& c, const Dual<T, P>& x) {
  return x + c;
}
template <class T, int P>
ISOLOSS_HD Dual<T, P> operator-(const T& c, const Dual<T, P>& x) {
  return chain(x, c - x.value, T(-1.0), T(0.0));
}
template <class T, int P>
ISOLOSS_HD Dual<T, P> operator/(const Dual<T, P>& x, const T& c) {
  return chain(x, x.value / c, T(1.0) / c, T(0.0));
}
template <class T, int P>
ISOLOSS_HD Dual<T, P> operator/(const T& c, const Dual<T, P>& x) {
  const T inverse = T(1.0) / x.value;
  const T f = c * inverse;
  const T f1 = T(0.0) - f * inverse;
  return chain(x, c / x.value, f1, T(-2.0) * f1 * inverse);
}

// f(x, y), given f and its derivatives by x, y, x x, x y, y y.
template <class T, int P>
ISOLOSS_HD Dual<T, P> chain_of_two(const Dual<T, P>& x, const Dual<T, P>& y, const T& f,
                                   const T (&first)[2], const T (&second)[3]) {
  Dual<T, P> out = linear(first[0], x, first[1], y);
  out.value = f;
  for (int i = 0; i < P; ++i)
    for (int j = 0; j <= i; ++j) {
      const T xx = x.grad[i] * x.grad[j];
      const T xy = x.grad[i] * y.grad[j] + x.grad[j] * y.grad[i];
      const T yy = y.grad[i] * y.grad[j];
      T& entry = out.hess[packed(i, j)];
      entry = fma(second[0], xx, fma(second[1], xy, fma(second[2], yy, entry)));
    }
  return out;
}

// Derivatives of the smaller and the larger are those of the one taken; at a tie, of y.
template <class T, int P>
ISOLOSS_HD Dual<T, P> select_less(const T& a, const T& b, const Dual<T, P>& x,
                                  const Dual<T, P>& y) {
  Dual<T, P> out;
  out.value = select_less(a, b, x.value, y.value);
  for (int i = 0; i < P; ++i) out.grad[i] = select_less(a, b, x.grad[i], y.grad[i]);
  for (int i = 0; i < num_packed(P); ++i) out.hess[i] = select_less(a, b, x.hess[i], y.hess[i]);
  return out;
}
template <class T, int P>
ISOLOSS_HD Dual<T, P> min_of(const Dual<T, P>& x, const Dual<T, P>& y) {
  return select_less(x.value, y.value, x, y);
}
template <class T, int P>
ISOLOSS_HD Dual<T, P> max_of(const Dual<T, P>& x, const Dual<T, P>& y) {
  return select_less(y.value, x.value, x, y);
}

template <class T, int P>
ISOLOSS_HD Dual<T, P> checked_log(const Dual<T, P>& x) {
  const T inverse = T(1.0) / x.value;
  return chain(x, checked_log(x.value), inverse, T(0.0) - inverse * inverse);
}
template <class T, int P>
ISOLOSS_HD Dual<T, P> one_minus_exp(const Dual<T, P>& x) {
  const T slope = exp(T(0.0) - x.value);
  return chain(x, one_minus_exp(x.value), slope, T(0.0) - slope);
}
template <class T, int P>
ISOLOSS_HD Dual<T, P> sin(const Dual<T, P>& x) {
  const T f = sin(x.value);
  return chain(x, f, cos(x.value), T(0.0) - f);
}
template <class T, int P>
ISOLOSS_HD Dual<T, P> cos(const Dual<T, P>& x) {
  const T f = cos(x.value);
  return chain(x, f, T(0.0) - sin(x.value), T(0.0) - f);
}
template <class T, int P>
ISOLOSS_HD Dual<T, P> atan(const Dual<T, P>& x) {
  const T slope = T(1.0) / fma(x.value, x.value, T(1.0));
  return chain(x, atan(x.value), slope, T(-2.0) * x.value * slope * slope);
}

// With s = 1 - p + b p, the slope of the left side, and c = (b - 1) p (1 - p), its curvature:
// dz/da = 1 / s and dz/db = -log(1 + e^z) / s.
template <class T, int P>
ISOLOSS_HD Dual<T, P> balance(const Dual<T, P>& a, const Dual<T, P>& b) {
  const T zero = T(0.0);
  const T z = balance(a.value, b.value);
  const T e = exp(min_of(z, zero - z));
  const T larger = T(1.0) / (e + T(1.0));  // of p and 1 - p
  const T smaller = e * larger;
  const T p = select_less(z, zero, smaller, larger);
  const T soft = max_of(z, zero) + log(e + T(1.0));
  const T slope = fma(b.value, p, select_less(z, zero, larger, smaller));
  const T curvature = (b.value - T(1.0)) * (larger * smaller);
  const T by_a = T(1.0) / slope;
  const T by_b = (zero - soft) * by_a;
  const T turn = fma(curvature, by_b, p) * by_a;  // d log s / db
  return chain_of_two(a, b, z, {by_a, by_b},
                      {(zero - curvature) * by_a * by_a * by_a, (zero - turn) * by_a,
                       zero - (p * by_b * by_a + turn * by_b)});
}

}  // namespace isoloss
