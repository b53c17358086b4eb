// The inner loop of the pair screen (fits/pair_screen.h), over some lanes of doubles.
//
// Comparing numerators times the best denominator needs no division; the signs of the weights are
// looked at only where a cell beats the best.

#pragma once

#include "fits/lanes.h"
#include "fits/pair_screen.h"

namespace isoloss {
namespace detail {

inline constexpr int kRowsAtOnce = 8;

// The cells of a group one by one; rare, so kept out of the loop.
template <class T>
[[gnu::noinline]] void look_closely(const PairScreen& screen, int row, int column, const T& rho,
                                    PairCell& best) {
  double values[kNumLanes];
  rho.store(values);
  for (int lane = 0; lane < kNumLanes; ++lane) {
    const double own = explained_by_pair<T>(screen, row, column + lane, values[lane]);
    if (own > best.explained) best = {row, column + lane, own};
  }
}

// Looks at one row against one group of lanes at `column`, given their correlations.
template <class T>
[[gnu::always_inline]] inline void consider_lanes(const PairScreen& screen, int row, int column,
                                                  const T& rho, PairCell& best) {
  const T p_fit = T(screen.first_fit[row]);
  const T q_fit = T::load(screen.second_fit + column);
  const T determinant = fma(T(0.0) - rho, rho, T(1.0));
  const T explained = fma(T(-2.0) * p_fit * q_fit, rho, fma(q_fit, q_fit, p_fit * p_fit));
  const T gain = explained - T(best.explained) * determinant;
  if (!any_positive(gain)) return;
  const T first_weight = p_fit - rho * q_fit;
  const T second_weight = q_fit - rho * p_fit;
  const T constant = T(screen.target_constant) * determinant -
                     first_weight * T(screen.first_cost[row]) -
                     second_weight * T::load(screen.second_cost + column);
  if (!any_positive(min_of(min_of(gain, constant), min_of(first_weight, second_weight)))) return;
  look_closely(screen, row, column, rho, best);
}

// Rows [row, row + kRows) against kGroups groups of lanes at `column`.
template <class T, int kRows, int kGroups>
void screen_block(const PairScreen& screen, int row, int column, PairCell& best) {
  T rho[kRows * kGroups];
  unrolled<kRows * kGroups>([&](auto i) { rho[i] = T(0.0); });
  for (int k = 0; k < screen.rank; ++k) {
    const double* second = screen.second + std::ptrdiff_t{k} * screen.num_second + column;
    T q[kGroups];
    unrolled<kGroups>([&](auto g) { q[g] = T::load(second + g * kNumLanes); });
    unrolled<kRows>([&](auto r) __attribute__((always_inline)) {
      const T p = T(screen.first[std::ptrdiff_t{row + r} * screen.rank + k]);
      unrolled<kGroups>([&](auto g) __attribute__((always_inline)) {
        rho[r * kGroups + g] = fma(p, q[g], rho[r * kGroups + g]);
      });
    });
  }
  unrolled<kRows * kGroups>([&](auto i) __attribute__((always_inline)) {
    consider_lanes(screen, row + i / kGroups, column + i % kGroups * kNumLanes, rho[i], best);
  });
}

// Every column against rows [row, row + kRows).
template <class T, int kRows>
void screen_rows(const PairScreen& screen, int row, PairCell& best) {
  int column = 0;
  for (; column + 2 * kNumLanes <= screen.num_second; column += 2 * kNumLanes)
    screen_block<T, kRows, 2>(screen, row, column, best);
  for (; column < screen.num_second; column += kNumLanes)
    screen_block<T, kRows, 1>(screen, row, column, best);
}

}  // namespace detail

template <class T>
PairCell screen_pairs_in(const PairScreen& screen, double least_explained, int first_begin,
                         int first_end) {
  PairCell best;
  best.explained = least_explained;
  int row = first_begin;
  for (; row + detail::kRowsAtOnce <= first_end; row += detail::kRowsAtOnce)
    detail::screen_rows<T, detail::kRowsAtOnce>(screen, row, best);
  for (; row < first_end; ++row) detail::screen_rows<T, 1>(screen, row, best);
  return best;
}

}  // namespace isoloss
