// One instruction of a tape, carried out for consecutive groups of runs.

#pragma once

#include "fits/functions.h"
#include "fits/lanes.h"
#include "fits/tape.h"

namespace isoloss::detail {

// Numbers of consecutive groups; step 0 if they are all the same.
struct Source {
  const double* at;
  int step;
};

template <class T, class F>
ISOLOSS_HD void each_group(int num, const Source& a, const Source& b, double* out, F&& f) {
  for (int g = 0; g < num; ++g)
    f(T::load(a.at + g * a.step), T::load(b.at + g * b.step)).store(out + g * kNumLanes);
}

template <class T, class F>
ISOLOSS_HD void each_group(int num, const Source& a, const Source& b, const Source& c, double* out,
                           F&& f) {
  for (int g = 0; g < num; ++g)
    f(T::load(a.at + g * a.step), T::load(b.at + g * b.step), T::load(c.at + g * c.step))
        .store(out + g * kNumLanes);
}

// b and c are not looked at where op takes less operands.
template <class T>
ISOLOSS_HD void carry_out(Op op, int num, const Source& a, const Source& b, const Source& c,
                          double* out) {
  switch (op) {
    case Op::add:
      return each_group<T>(num, a, b, out, [](const T& x, const T& y) { return x + y; });
    case Op::subtract:
      return each_group<T>(num, a, b, out, [](const T& x, const T& y) { return x - y; });
    case Op::multiply:
      return each_group<T>(num, a, b, out, [](const T& x, const T& y) { return x * y; });
    case Op::divide:
      return each_group<T>(num, a, b, out, [](const T& x, const T& y) { return x / y; });
    case Op::negate:
      return each_group<T>(num, a, b, out, [](const T& x, const T&) { return -x; });
    case Op::exp:
      return each_group<T>(num, a, b, out, [](const T& x, const T&) { return exp(x); });
    case Op::log:
      return each_group<T>(num, a, b, out, [](const T& x, const T&) { return checked_log(x); });
    case Op::one_minus_exp:
      return each_group<T>(num, a, b, out, [](const T& x, const T&) { return one_minus_exp(x); });
    case Op::minimum:
      return each_group<T>(num, a, b, out,
                           [](const T& x, const T& y) { return select_less(y, x, y, x); });
    case Op::maximum:
      return each_group<T>(num, a, b, out,
                           [](const T& x, const T& y) { return select_less(x, y, y, x); });
    case Op::less:
      return each_group<T>(
          num, a, b, out, [](const T& x, const T& y) { return select_less(x, y, T(1.0), T(0.0)); });
    case Op::sin:
      return each_group<T>(num, a, b, out, [](const T& x, const T&) { return sin(x); });
    case Op::cos:
      return each_group<T>(num, a, b, out, [](const T& x, const T&) { return cos(x); });
    case Op::atan:
      return each_group<T>(num, a, b, out, [](const T& x, const T&) { return atan(x); });
    case Op::balance:
      return each_group<T>(num, a, b, out, [](const T& x, const T& y) { return balance(x, y); });
    case Op::multiply_add:
      return each_group<T>(num, a, b, c, out,
                           [](const T& x, const T& y, const T& z) { return fma(x, y, z); });
    case Op::multiply_subtract:
      return each_group<T>(num, a, b, c, out,
                           [](const T& x, const T& y, const T& z) { return fma(x, y, -z); });
    case Op::subtract_product:
      return each_group<T>(num, a, b, c, out,
                           [](const T& x, const T& y, const T& z) { return fma(-x, y, z); });
    case Op::add_to_hessian:
    case Op::take_from_hessian:
      return;
  }
}

}  // namespace isoloss::detail
