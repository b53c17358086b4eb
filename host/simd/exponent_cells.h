// The exponent screen of one problem, in lanes: weighted moments, then the error of every cell.
//
// For exponents (j, k) the relative error of L is y - a p_j - b q_k - c e with e = 1 / L; all
// products below are weighted sums over the runs. Eliminating the constant c leaves a 2 x 2 system
// in (a, b). Source: Golub & Pereyra 1973 (variable projection).

#pragma once

#include "fits/lanes.h"

namespace isoloss {

// Products of columns for each run, and where each moment stands in a row. A row is num_moments
// doubles: e e, e y, y y and padding to one group of lanes; then for both axes p e, p y, p p of
// every exponent; then p_j q_k by rows of j. num_exponents is a multiple of kNumLanes.
struct MomentLayout {
  int num_exponents = 0;

  enum Fixed : int { ee, ey, yy };
  enum Column : int { column_e, column_y, square, num_columns };
  int column(int axis, Column which) const {
    return kNumLanes + (axis * num_columns + which) * num_exponents;
  }
  int pairs() const { return kNumLanes + 2 * num_columns * num_exponents; }
  int num_moments() const { return pairs() + num_exponents * num_exponents; }
};

// Accumulators of one pass over the rows: as many as fit the registers of AVX-512, and a divisor of
// the groups of lanes in a row of 8, 16 or 32 exponents.
inline constexpr int kMomentGroups = 15;

// Moments [column, column + kGroups groups of lanes).
template <class T, int kGroups>
void moments_of_columns(const double* products, int num_moments, const int* index,
                        const double* weight, int num_rows, int column, double* moments) {
  T sum[kGroups];
  unrolled<kGroups>([&](auto g) { sum[g] = T(0.0); });
  for (int r = 0; r < num_rows; ++r) {
    const double* row = products + std::ptrdiff_t{index[r]} * num_moments + column;
    const T w = T(weight[r]);
    unrolled<kGroups>([&](auto g) __attribute__((always_inline)) {
      sum[g] = fma(w, T::load(row + g * kNumLanes), sum[g]);
    });
  }
  unrolled<kGroups>([&](auto g) { sum[g].store(moments + column + g * kNumLanes); });
}

// moments[m] = sum over rows r of weight[r] * products[index[r]][m]; num_moments is a multiple of
// kNumLanes. Each sum runs over the rows in order: the same bits in lanes of any width.
template <class T>
void weighted_moments(const double* products, int num_moments, const int* index,
                      const double* weight, int num_rows, double* moments) {
  int column = 0;
  for (; column + kMomentGroups * kNumLanes <= num_moments; column += kMomentGroups * kNumLanes)
    moments_of_columns<T, kMomentGroups>(products, num_moments, index, weight, num_rows, column,
                                         moments);
  for (; column < num_moments; column += kNumLanes)
    moments_of_columns<T, 1>(products, num_moments, index, weight, num_rows, column, moments);
}

// Scales and offsets of the columns: column = (x^-exponent / L - offset e) / scale, one a column.
struct CellScales {
  const double* scale[2];   // num_exponents each
  const double* offset[2];  // the same
  double target_offset;     // y = 1 - target_offset e
};

// What solving one group of cells gives.
template <class T>
struct CellSolution {
  T error, constant, first, second;  // squared relative error; weights of the law
};

// Cells (j, k .. k + 7). Where a weight comes out negative its term is left out; a negative
// constant is left out at a price: the exact two-term fit is the minimiser's business.
template <class T>
CellSolution<T> solve_cells(const MomentLayout& layout, const CellScales& scales,
                            const double* moments, int j, int k) {
  using M = MomentLayout;
  const T zero = T(0.0);
  const T inverse_ee = T(1.0 / moments[M::ee]);
  const T ey = T(moments[M::ey]);
  const T pe = T(moments[layout.column(0, M::column_e) + j]);
  const T qe = T::load(moments + layout.column(1, M::column_e) + k);
  const T pp = T(moments[layout.column(0, M::square) + j]) - pe * pe * inverse_ee;
  const T qq = T::load(moments + layout.column(1, M::square) + k) - qe * qe * inverse_ee;
  const T py = T(moments[layout.column(0, M::column_y) + j]) - pe * ey * inverse_ee;
  const T qy = T::load(moments + layout.column(1, M::column_y) + k) - qe * ey * inverse_ee;
  const T cross =
      T::load(moments + layout.pairs() + j * layout.num_exponents + k) - pe * qe * inverse_ee;
  const T determinant = pp * qq - cross * cross;
  const T both_a = (py * qq - qy * cross) / determinant;
  const T both_b = (qy * pp - py * cross) / determinant;
  // 1 where both terms stay.
  const T regular = select_less(T(1e-12) * pp * qq, determinant, T(1.0), zero);
  const T both = min_of(regular, min_of(select_less(zero, both_a, T(1.0), zero),
                                        select_less(zero, both_b, T(1.0), zero)));
  const T only_p = max_of(py, zero) / pp;
  const T only_q = max_of(qy, zero) / qq;
  const T p_gains = only_p * max_of(py, zero);
  const T q_gains = only_q * max_of(qy, zero);
  const T a = select_less(zero, both, both_a, select_less(p_gains, q_gains, zero, only_p));
  const T b = select_less(zero, both, both_b, select_less(p_gains, q_gains, only_q, zero));
  CellSolution<T> out;
  out.first = a / T(scales.scale[0][j]);
  out.second = b / T::load(scales.scale[1] + k);
  const T own = (ey - a * pe - b * qe) * inverse_ee;
  out.constant = own + T(scales.target_offset) - out.first * T(scales.offset[0][j]) -
                 out.second * T::load(scales.offset[1] + k);
  const T rest = T(moments[M::yy]) - ey * ey * inverse_ee;
  out.error = rest - a * (py + py - a * pp - b * cross) - b * (qy + qy - b * qq - a * cross);
  constexpr double kPrice = 0.1;  // of a negative constant, in its own squared error
  const T negative = min_of(out.constant, zero);
  out.error = out.error + T(kPrice * moments[M::ee]) * negative * negative;
  return out;
}

// Errors of all cells: errors has num_exponents x num_exponents entries.
template <class T>
void cell_errors(const MomentLayout& layout, const CellScales& scales, const double* moments,
                 double* errors) {
  for (int j = 0; j < layout.num_exponents; ++j)
    for (int k = 0; k < layout.num_exponents; k += kNumLanes)
      solve_cells<T>(layout, scales, moments, j, k)
          .error.store(errors + j * layout.num_exponents + k);
}

}  // namespace isoloss
