// Dual numbers: a value with its exact first and second derivatives by P parameters.
//
// A law that brings no derivatives of its own is evaluated with theta[i] = variable(theta[i], i);
// each operation applies the chain rule, so derivatives are exact to rounding (1e-12 relative,
// law_test). Cost: about 1 + P + P (P + 1) / 2 operations for each one of the formula.

#pragma once

#include "fits/law.h"
#include "fits/math.h"

namespace isoloss {

// Number of entries of a symmetric P x P matrix, kept by rows of the lower triangle: (0,0), (1,0),
// (1,1), (2,0), ...
ISOLOSS_HD constexpr int num_packed(int size) { return size * (size + 1) / 2; }
ISOLOSS_HD constexpr int packed(int row, int column) { return row * (row + 1) / 2 + column; }
// For either triangle.
ISOLOSS_HD constexpr int packed_any(int row, int column) {
  return row > column ? packed(row, column) : packed(column, row);
}

template <class T, int P>
struct Dual {
  T value;
  T grad[P];
  T hess[num_packed(P)];  // packed, see above

  Dual() = default;
  ISOLOSS_HD Dual(const T& x) : Dual(x, -1) {}  // NOLINT(google-explicit-constructor): a constant
  ISOLOSS_HD static Dual variable(const T& x, int index) { return Dual(x, index); }

 private:
  ISOLOSS_HD Dual(const T& x, int index) : value(x) {
    for (int i = 0; i < P; ++i) grad[i] = T(i == index ? 1.0 : 0.0);
    for (int i = 0; i < num_packed(P); ++i) hess[i] = T(0.0);
  }
};

// The linear combination a x + b y by the constants a, b.
template <class T, int P>
ISOLOSS_HD Dual<T, P> linear(const T& a, const Dual<T, P>& x, const T& b, const Dual<T, P>& y) {
  Dual<T, P> out;
  out.value = a * x.value + b * y.value;
  for (int i = 0; i < P; ++i) out.grad[i] = a * x.grad[i] + b * y.grad[i];
  for (int i = 0; i < num_packed(P); ++i) out.hess[i] = a * x.hess[i] + b * y.hess[i];
  return out;
}

// f(x), given f, f', f'' at x.value.
template <class T, int P>
ISOLOSS_HD Dual<T, P> chain(const Dual<T, P>& x, const T& f, const T& f1, const T& f2) {
  Dual<T, P> out;
  out.value = f;
  for (int i = 0; i < P; ++i) out.grad[i] = f1 * x.grad[i];
  for (int i = 0; i < P; ++i)
    for (int j = 0; j <= i; ++j)
      out.hess[packed(i, j)] = fma(f1, x.hess[packed(i, j)], f2 * (x.grad[i] * x.grad[j]));
  return out;
}

template <class T, int P>
ISOLOSS_HD Dual<T, P> operator+(const Dual<T, P>& x, const Dual<T, P>& y) {
  return linear(T(1.0), x, T(1.0), y);
}
template <class T, int P>
ISOLOSS_HD Dual<T, P> operator-(const Dual<T, P>& x, const Dual<T, P>& y) {
  return linear(T(1.0), x, T(-1.0), y);
}
template <class T, int P>
ISOLOSS_HD Dual<T, P> operator*(const Dual<T, P>& x, const Dual<T, P>& y) {
  Dual<T, P> out = linear(y.value, x, x.value, y);
  out.value = x.value * y.value;
  for (int i = 0; i < P; ++i)
    for (int j = 0; j <= i; ++j)
      out.hess[packed(i, j)] =
          out.hess[packed(i, j)] + (x.grad[i] * y.grad[j] + x.grad[j] * y.grad[i]);
  return out;
}
template <class T, int P>
ISOLOSS_HD Dual<T, P> operator/(const Dual<T, P>& x, const Dual<T, P>& y) {
  const T inverse = T(1.0) / y.value;
  const T square = inverse * inverse;
  return x * chain(y, inverse, T(0.0) - square, T(2.0) * (square * inverse));
}
template <class T, int P>
ISOLOSS_HD Dual<T, P> operator*(const Dual<T, P>& x, const T& c) {
  return chain(x, x.value * c, c, T(0.0));
}
template <class T, int P>
ISOLOSS_HD Dual<T, P> operator*(const T& c, const Dual<T, P>& x) {
  return x * c;
}
template <class T, int P>
ISOLOSS_HD Dual<T, P> operator-(const Dual<T, P>& x, const T& c) {
  Dual<T, P> out = x;
  out.value = x.value - c;
  return out;
}
template <class T, int P>
ISOLOSS_HD Dual<T, P> exp(const Dual<T, P>& x) {
  const T f = exp(x.value);
  return chain(x, f, f, f);
}
template <class T, int P>
ISOLOSS_HD Dual<T, P> log(const Dual<T, P>& x) {
  const T inverse = T(1.0) / x.value;
  return chain(x, log(x.value), inverse, T(0.0) - inverse * inverse);
}

}  // namespace isoloss
