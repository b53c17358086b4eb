// The exponent screen of one problem: weighted moments, then the error of every cell.
//
// For exponents (j, k) the relative error of L is y - a p_j - b q_k - c e with e = 1 / L; all
// products below are weighted sums over the runs. The columns p_j of all exponents lie in a space
// of few dimensions, and so do the q_k: moments of an orthonormal basis of each say all. With the
// constant c eliminated, a cell is a 2 x 2 system in (a, b). Source: Golub & Pereyra 1973 (variable
// projection).
//
// T is a group of neighbouring columns: eight in lanes, or one (ScalarPack). What has no column is
// a template too, to keep apart what is compiled for different instruction sets.

#pragma once

#include "fits/dual.h"
#include "fits/lanes.h"

namespace isoloss {

inline constexpr int kMaxRank = 24;  // columns of a basis

// Where each moment stands: e e, e y, y y; then for both bases u e, u y and the packed u_k u_l
// (fits/dual.h); then u_k v_l by rows of k.
struct MomentLayout {
  int rank[2] = {};

  enum Fixed : int { ee, ey, yy, num_fixed };
  ISOLOSS_HD int with_e(int axis) const { return num_fixed + (axis == 0 ? 0 : num_own(0)); }
  ISOLOSS_HD int with_y(int axis) const { return with_e(axis) + rank[axis]; }
  ISOLOSS_HD int squares(int axis) const { return with_y(axis) + rank[axis]; }
  ISOLOSS_HD int cross() const { return num_fixed + num_own(0) + num_own(1); }
  // A multiple of kNumLanes; the rest is padding.
  ISOLOSS_HD int num_moments() const {
    return (cross() + rank[0] * rank[1] + kNumLanes - 1) / kNumLanes * kNumLanes;
  }

 private:
  ISOLOSS_HD int num_own(int axis) const { return 2 * rank[axis] + num_packed(rank[axis]); }
};

// What the screens of all problems share: the columns of both axes and the moments' products.
struct ExponentGrid {
  int num = 0;  // exponents an axis, a multiple of kNumLanes
  int num_runs = 0;
  MomentLayout layout;
  const double* products = nullptr;    // num_runs x num_moments: a problem weighs and sums its rows
  const double* coefficients[2] = {};  // rank x num: each column on its basis
  // num each: x^-exponent / L = scale * column + offset * e.
  const double* scale[2] = {};
  const double* offset[2] = {};
  const double* exponents[2] = {};  // num each
  double target_offset = 0;         // y = 1 - target_offset e
  double typical_loss = 0;          // nats per token
  int constant_weight = 0;          // indices into theta, of the constant term
  int weight[2] = {};               // and of both terms with exponents
  int exponent[2] = {};
};

// What the cells of one problem are made of; the constant is eliminated from all of it. A view of
// num_values(grid) doubles.
struct CellTables {
  double* values;
  int num;

  enum Fixed : int {
    rest,      // y y
    constant,  // c of a fit without p and q
    price,     // of a negative c, times its square
    num_fixed = 8
  };
  // num each:
  ISOLOSS_HD double* square(int axis) const { return column(axis, 0); }          // p p
  ISOLOSS_HD double* inverse_square(int axis) const { return column(axis, 1); }  // 1 / p p
  ISOLOSS_HD double* fit(int axis) const { return column(axis, 2); }             // p y
  // What a unit of the column takes from c.
  ISOLOSS_HD double* cost(int axis) const { return column(axis, 3); }
  ISOLOSS_HD double* crossed() const { return column(2, 0); }  // rank[1] x num: v p

  ISOLOSS_HD static int num_values(const ExponentGrid& grid) {
    return num_fixed + (8 + grid.layout.rank[1]) * grid.num;
  }

 private:
  ISOLOSS_HD double* column(int axis, int which) const {
    return values + num_fixed + (4 * axis + which) * num;
  }
};

// The entries without a column.
template <class T>
ISOLOSS_HD void fill_fixed(const ExponentGrid& grid, const double* moments, const CellTables& out) {
  constexpr double kPrice = 0.1;
  const double ey = moments[MomentLayout::ey];
  const double inverse_ee = 1 / moments[MomentLayout::ee];
  out.values[CellTables::rest] = moments[MomentLayout::yy] - ey * ey * inverse_ee;
  out.values[CellTables::constant] = ey * inverse_ee + grid.target_offset;
  out.values[CellTables::price] = kPrice * moments[MomentLayout::ee];
}

// Columns j, ... of one axis.
template <class T>
ISOLOSS_HD void fill_columns(const ExponentGrid& grid, const double* moments, int axis, int j,
                             const CellTables& out) {
  const MomentLayout& layout = grid.layout;
  const double inverse_ee = 1 / moments[MomentLayout::ee];
  const double* with_e = moments + layout.with_e(axis);
  const double* with_y = moments + layout.with_y(axis);
  const double* squares = moments + layout.squares(axis);
  T e = T(0.0);
  T y = T(0.0);
  T square = T(0.0);
  for (int k = 0; k < layout.rank[axis]; ++k) {
    const T own = T::load(grid.coefficients[axis] + k * grid.num + j);
    e = fma(own, T(with_e[k]), e);
    y = fma(own, T(with_y[k]), y);
    T half = T(0.5 * squares[packed(k, k)]) * own;
    for (int l = 0; l < k; ++l)
      half =
          fma(T(squares[packed(k, l)]), T::load(grid.coefficients[axis] + l * grid.num + j), half);
    square = fma(own + own, half, square);
  }
  const T share = e * T(inverse_ee);
  square = square - e * share;
  square.store(out.square(axis) + j);
  (T(1.0) / square).store(out.inverse_square(axis) + j);
  (y - share * T(moments[MomentLayout::ey])).store(out.fit(axis) + j);
  (share + T::load(grid.offset[axis] + j) / T::load(grid.scale[axis] + j))
      .store(out.cost(axis) + j);
}

// u_k v_l with the constant eliminated.
template <class T>
ISOLOSS_HD double crossed_basis(const MomentLayout& layout, const double* moments, int k, int l) {
  const double inverse_ee = 1 / moments[MomentLayout::ee];
  return moments[layout.cross() + k * layout.rank[1] + l] -
         moments[layout.with_e(0) + k] * moments[layout.with_e(1) + l] * inverse_ee;
}

// Columns j, ... of the first axis times column l of the second's basis; basis(k) is crossed_basis
// of k and l.
template <class T, class Basis>
ISOLOSS_HD void fill_crossed(const ExponentGrid& grid, Basis&& basis, int l, int j,
                             const CellTables& out) {
  T sum = T(0.0);
  for (int k = 0; k < grid.layout.rank[0]; ++k)
    sum = fma(T::load(grid.coefficients[0] + k * grid.num + j), T(basis(k)), sum);
  sum.store(out.crossed() + l * grid.num + j);
}

// What solving a group of cells gives.
template <class T>
struct CellSolution {
  T error, constant, first, second;  // squared relative error; weights of the columns
};

// p q of cells (j, k ...), kGroups groups.
template <int kGroups, class T>
[[gnu::always_inline]] ISOLOSS_HD inline void cross_products(const ExponentGrid& grid,
                                                             const CellTables& tables, int j, int k,
                                                             T (&cross)[kGroups]) {
  unrolled<kGroups>([&](auto g) { cross[g] = T(0.0); });
  for (int l = 0; l < grid.layout.rank[1]; ++l) {
    const T p = T(tables.crossed()[l * grid.num + j]);
    const double* q = grid.coefficients[1] + l * grid.num + k;
    unrolled<kGroups>([&](auto g) __attribute__((always_inline)) {
      cross[g] = fma(p, T::load(q + g * T::num_lanes), cross[g]);
    });
  }
}

// Cells (j, k ...), given their p q. Where a weight comes out negative its term is left out; a
// negative constant is left in at a price: the exact two-term fit is the minimiser's business.
template <class T>
[[gnu::always_inline]] ISOLOSS_HD inline CellSolution<T> solve_cells(const CellTables& tables,
                                                                     int j, int k, const T& cross) {
  const T zero = T(0.0);
  const double square = tables.square(0)[j];
  const double fit = tables.fit(0)[j];
  const T p_fit = T(fit);
  const T q_fit = T::load(tables.fit(1) + k);
  const T q_inverse = T::load(tables.inverse_square(1) + k);
  const T ratio = cross * q_inverse;
  const T pivot = T(square) - cross * ratio;
  const T both_a = (p_fit - q_fit * ratio) / pivot;
  const T both_b = (q_fit - cross * both_a) * q_inverse;
  // Positive where both terms stay.
  const T both = select_less(T(1e-12 * square), pivot, min_of(both_a, both_b), zero);
  const T only_p = T(fit > 0 ? fit * tables.inverse_square(0)[j] : 0.0);
  const T only_q = max_of(q_fit, zero) * q_inverse;
  const T p_gains = only_p * p_fit;
  const T q_gains = only_q * q_fit;
  CellSolution<T> out;
  out.first = select_less(zero, both, both_a, select_less(p_gains, q_gains, zero, only_p));
  out.second = select_less(zero, both, both_b, select_less(p_gains, q_gains, only_q, zero));
  out.constant = T(tables.values[CellTables::constant]) - out.first * T(tables.cost(0)[j]) -
                 out.second * T::load(tables.cost(1) + k);
  const T negative = min_of(out.constant, zero);
  out.error = T(tables.values[CellTables::rest]) - out.first * p_fit - out.second * q_fit +
              T(tables.values[CellTables::price]) * negative * negative;
  return out;
}

}  // namespace isoloss
