// One instruction of a tape, carried out for consecutive groups of runs.

#pragma once

#include <cstddef>

#include "fits/functions.h"
#include "fits/lanes.h"
#include "fits/tape.h"

namespace isoloss {

// Whether a T works on blocks of groups; a GPU's thread has one group at a time.
template <class T>
inline constexpr bool kIsBlocked = true;

namespace detail {

// Numbers of consecutive groups; step 0 if they are all the same.
struct Source {
  const double* at;
  std::ptrdiff_t step;
};

// Calls each(g) for groups [0, num), four in a row where a T works on blocks: most instructions are
// short, and the loop would cost as much as they do.
template <class T, class Each>
ISOLOSS_HD inline void for_groups(int num, Each&& each) {
  int g = 0;
  if constexpr (kIsBlocked<T>)
    for (; g + 4 <= num; g += 4) unrolled<4>([&](auto k) { each(g + k); });
  for (; g < num; ++g) each(g);
}

// The sources are copies: what is stored does not change them, which the compiler then knows.
template <class T, class F>
ISOLOSS_HD void each_group(int num, Source a, double* out, F&& f) {
  for_groups<T>(num, [=](int g) { f(T::load(a.at + g * a.step)).store(out + g * kNumLanes); });
}

template <class T, class F>
ISOLOSS_HD void each_group(int num, Source a, Source b, double* out, F&& f) {
  for_groups<T>(num, [=](int g) {
    f(T::load(a.at + g * a.step), T::load(b.at + g * b.step)).store(out + g * kNumLanes);
  });
}

template <class T, class F>
ISOLOSS_HD void each_group(int num, Source a, Source b, Source c, double* out, F&& f) {
  for_groups<T>(num, [=](int g) {
    f(T::load(a.at + g * a.step), T::load(b.at + g * b.step), T::load(c.at + g * c.step))
        .store(out + g * kNumLanes);
  });
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
      return each_group<T>(num, a, out, [](const T& x) { return -x; });
    case Op::exp:
      return each_group<T>(num, a, out, [](const T& x) { return exp(x); });
    case Op::log:
      return each_group<T>(num, a, out, [](const T& x) { return checked_log(x); });
    case Op::one_minus_exp:
      return each_group<T>(num, a, out, [](const T& x) { return one_minus_exp(x); });
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
      return each_group<T>(num, a, out, [](const T& x) { return sin(x); });
    case Op::cos:
      return each_group<T>(num, a, out, [](const T& x) { return cos(x); });
    case Op::atan:
      return each_group<T>(num, a, out, [](const T& x) { return atan(x); });
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

}  // namespace detail

}  // namespace isoloss
