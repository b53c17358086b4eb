// Eight doubles that behave as one: the same operators and functions as a scalar.
//
// Sums over runs are kept in eight lanes on every processor: Lanes<Pack> holds 8 / Pack::width
// packs, so that AVX-512 (one pack of 8), AVX2 (two of 4) and a plain scalar (eight of 1) add the
// same numbers in the same order and give the same bits. Packs for instruction sets: host/simd/; on
// a GPU eight threads are the lanes: cuda/thread_lane.cuh.
//
// What sums over runs need of a T beside the operators of fits/math.h:
//   T::load(p)         lane l gets p[l]
//   sum_of_lanes(x)    the fixed tree below
//   T::leads()         whether this thread writes what all lanes agree on

#pragma once

#include <type_traits>
#include <utility>

#include "fits/law.h"
#include "fits/math.h"

namespace isoloss {

inline constexpr int kNumLanes = 8;

// Calls f with the constants 0 .. num - 1: unrolled before the compiler decides what lives in
// registers, which a loop over an array of accumulators is not.
template <int num, class F>
[[gnu::always_inline]] ISOLOSS_HD inline void unrolled(F&& f) {
  [&]<int... k>(std::integer_sequence<int, k...>) __attribute__((always_inline)) {
    (f(std::integral_constant<int, k>{}), ...);
  }
  (std::make_integer_sequence<int, num>{});
}

// The pack of one double: what every processor has, and the reference for the others.
struct ScalarPack {
  static constexpr int width = 1;
  static constexpr int num_lanes = 1;
  double v;

  ScalarPack() = default;
  ISOLOSS_HD explicit ScalarPack(double x) : v(x) {}
  ISOLOSS_HD static ScalarPack load(const double* p) { return ScalarPack(*p); }
  ISOLOSS_HD void store(double* p) const { *p = v; }

  ISOLOSS_HD friend ScalarPack operator+(ScalarPack a, ScalarPack b) {
    return ScalarPack(a.v + b.v);
  }
  ISOLOSS_HD friend ScalarPack operator-(ScalarPack a, ScalarPack b) {
    return ScalarPack(a.v - b.v);
  }
  ISOLOSS_HD friend ScalarPack operator*(ScalarPack a, ScalarPack b) {
    return ScalarPack(a.v * b.v);
  }
  ISOLOSS_HD friend ScalarPack operator/(ScalarPack a, ScalarPack b) {
    return ScalarPack(a.v / b.v);
  }
  ISOLOSS_HD friend ScalarPack fma(ScalarPack a, ScalarPack b, ScalarPack c) {
    return ScalarPack(isoloss::fma(a.v, b.v, c.v));
  }
  ISOLOSS_HD friend ScalarPack select_less(ScalarPack a, ScalarPack b, ScalarPack x, ScalarPack y) {
    return a.v < b.v ? x : y;
  }
  ISOLOSS_HD friend ScalarPack select_equal(ScalarPack a, ScalarPack b, ScalarPack x,
                                            ScalarPack y) {
    return a.v == b.v ? x : y;
  }
  ISOLOSS_HD friend ScalarPack min_of(ScalarPack a, ScalarPack b) { return a.v < b.v ? a : b; }
  ISOLOSS_HD friend ScalarPack max_of(ScalarPack a, ScalarPack b) { return a.v > b.v ? a : b; }
  ISOLOSS_HD friend bool any_positive(ScalarPack x) { return x.v > 0; }
  ISOLOSS_HD friend ScalarPack power_of_two(ScalarPack t) {
    return ScalarPack(isoloss::power_of_two(t.v));
  }
  ISOLOSS_HD friend ScalarPack exponent_of(ScalarPack x) {
    return ScalarPack(isoloss::exponent_of(x.v));
  }
  ISOLOSS_HD friend ScalarPack mantissa_of(ScalarPack x) {
    return ScalarPack(isoloss::mantissa_of(x.v));
  }
};

template <class Pack>
struct Lanes {
  static constexpr int num_lanes = kNumLanes;
  static constexpr int num_packs = kNumLanes / Pack::width;
  Pack pack[num_packs];

  static constexpr bool leads() { return true; }

  Lanes() = default;
  Lanes(double x) {  // NOLINT(google-explicit-constructor): a constant stands for eight of it
    for (int i = 0; i < num_packs; ++i) pack[i] = Pack(x);
  }
  // p: 8 doubles, any alignment
  static Lanes load(const double* p) {
    Lanes out;
    for (int i = 0; i < num_packs; ++i) out.pack[i] = Pack::load(p + i * Pack::width);
    return out;
  }
  void store(double* p) const {
    for (int i = 0; i < num_packs; ++i) pack[i].store(p + i * Pack::width);
  }

  friend Lanes operator+(const Lanes& a, const Lanes& b) {
    return each([&](int i) { return a.pack[i] + b.pack[i]; });
  }
  friend Lanes operator-(const Lanes& a, const Lanes& b) {
    return each([&](int i) { return a.pack[i] - b.pack[i]; });
  }
  friend Lanes operator*(const Lanes& a, const Lanes& b) {
    return each([&](int i) { return a.pack[i] * b.pack[i]; });
  }
  friend Lanes operator/(const Lanes& a, const Lanes& b) {
    return each([&](int i) { return a.pack[i] / b.pack[i]; });
  }
  friend Lanes operator-(const Lanes& a) { return Lanes(0.0) - a; }
  friend Lanes fma(const Lanes& a, const Lanes& b, const Lanes& c) {
    return each([&](int i) { return fma(a.pack[i], b.pack[i], c.pack[i]); });
  }
  friend Lanes select_less(const Lanes& a, const Lanes& b, const Lanes& x, const Lanes& y) {
    return each([&](int i) { return select_less(a.pack[i], b.pack[i], x.pack[i], y.pack[i]); });
  }
  friend Lanes select_equal(const Lanes& a, const Lanes& b, const Lanes& x, const Lanes& y) {
    return each([&](int i) { return select_equal(a.pack[i], b.pack[i], x.pack[i], y.pack[i]); });
  }
  friend Lanes min_of(const Lanes& a, const Lanes& b) {
    return each([&](int i) { return min_of(a.pack[i], b.pack[i]); });
  }
  friend Lanes max_of(const Lanes& a, const Lanes& b) {
    return each([&](int i) { return max_of(a.pack[i], b.pack[i]); });
  }
  friend bool any_positive(const Lanes& x) {
    bool any = false;
    for (int i = 0; i < num_packs; ++i) any |= any_positive(x.pack[i]);
    return any;
  }
  friend Lanes power_of_two(const Lanes& t) {
    return each([&](int i) { return power_of_two(t.pack[i]); });
  }
  friend Lanes exponent_of(const Lanes& x) {
    return each([&](int i) { return exponent_of(x.pack[i]); });
  }
  friend Lanes mantissa_of(const Lanes& x) {
    return each([&](int i) { return mantissa_of(x.pack[i]); });
  }

 private:
  template <class F>
  static Lanes each(F&& f) {
    Lanes out;
    for (int i = 0; i < num_packs; ++i) out.pack[i] = f(i);
    return out;
  }
};

// Sum of the eight lanes as a fixed tree: ((0+4) + (2+6)) + ((1+5) + (3+7)), whatever the packs.
template <class Pack>
double sum_of_lanes(const Lanes<Pack>& a) {
  return sum_of_packs(a.pack);
}

inline double sum_of_packs(const ScalarPack (&x)[8]) {
  return ((x[0].v + x[4].v) + (x[2].v + x[6].v)) + ((x[1].v + x[5].v) + (x[3].v + x[7].v));
}

}  // namespace isoloss
