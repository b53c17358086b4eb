// The inner loop of the pair screen, over some lanes of doubles.
//
// With unit columns p, q orthogonal to the constant term, rho = <p, q> and the target's inner
// products b_p, b_q, the explained part is (b_p^2 + b_q^2 - 2 rho b_p b_q) / (1 - rho^2); weights
// are positive iff b_p > rho b_q and b_q > rho b_p. Comparing numerators times the best denominator
// needs no division; positivity is looked at only for a cell that beats the best so far.

#pragma once

#include "fits/lanes.h"
#include "host/simd/kernels.h"

namespace isoloss {
namespace detail {

inline constexpr int kRowsAtOnce = 4;

// A template over the lanes only to keep the code of each instruction set apart.
template <class T>
void consider_cell(const PairScreen& screen, int first, int second, double rho, PairCell& best) {
  const double p = screen.first_fit[first];
  const double q = screen.second_fit[second];
  const double determinant = 1 - rho * rho;
  if (!(determinant > 1e-12) || !(p > rho * q) || !(q > rho * p)) return;
  const double explained = (p * p + q * q - 2 * rho * p * q) / determinant;
  if (explained > best.explained) best = {first, second, explained};
}

// Rows [row, row + kRows) against one group of lanes at column `column`.
template <class T, int kRows>
void screen_block(const PairScreen& screen, int row, int column, PairCell& best) {
  T rho[kRows];
  for (int r = 0; r < kRows; ++r) rho[r] = T(0.0);
  for (int k = 0; k < screen.rank; ++k) {
    const T q = T::load(screen.second + std::ptrdiff_t{k} * screen.num_second + column);
    for (int r = 0; r < kRows; ++r)
      rho[r] = fma(T(screen.first[std::ptrdiff_t{row + r} * screen.rank + k]), q, rho[r]);
  }
  const T q_fit = T::load(screen.second_fit + column);
  const T q_square = q_fit * q_fit;
  for (int r = 0; r < kRows; ++r) {
    const double p_fit = screen.first_fit[row + r];
    const T determinant = fma(T(0.0) - rho[r], rho[r], T(1.0));
    const T numerator = fma(T(-2.0 * p_fit) * q_fit, rho[r], q_square + T(p_fit * p_fit));
    const T gain = numerator - T(best.explained) * determinant;
    if (!any_positive(gain)) continue;
    double values[kNumLanes];
    rho[r].store(values);
    for (int lane = 0; lane < kNumLanes; ++lane)
      consider_cell<T>(screen, row + r, column + lane, values[lane], best);
  }
}

}  // namespace detail

template <class T>
PairCell screen_pairs_in(const PairScreen& screen, int first_begin, int first_end) {
  PairCell best;
  best.explained = 0;
  int row = first_begin;
  for (; row + detail::kRowsAtOnce <= first_end; row += detail::kRowsAtOnce)
    for (int column = 0; column < screen.num_second; column += kNumLanes)
      detail::screen_block<T, detail::kRowsAtOnce>(screen, row, column, best);
  for (; row < first_end; ++row)
    for (int column = 0; column < screen.num_second; column += kNumLanes)
      detail::screen_block<T, 1>(screen, row, column, best);
  return best;
}

}  // namespace isoloss
