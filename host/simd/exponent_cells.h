// The exponent screen of one problem, in lanes: weighted moments, then the error of every cell.
//
// For exponents (j, k) the relative error of L is y - a p_j - b q_k - c e with e = 1 / L; all
// products below are weighted sums over the runs. The columns p_j of all exponents lie in a space
// of few dimensions, and so do the q_k: moments of an orthonormal basis of each say all. With the
// constant c eliminated, a cell is a 2 x 2 system in (a, b). Source: Golub & Pereyra 1973 (variable
// projection).

#pragma once

#include "fits/dual.h"
#include "fits/lanes.h"

namespace isoloss {

inline constexpr int kMaxExponents = 32;  // an axis; a multiple of kNumLanes
inline constexpr int kMaxRank = 24;       // columns of a basis

// Where each moment stands: e e, e y, y y; then for both bases u e, u y and the packed u_k u_l
// (fits/dual.h); then u_k v_l by rows of k.
struct MomentLayout {
  int rank[2] = {};

  enum Fixed : int { ee, ey, yy, num_fixed };
  int with_e(int axis) const { return num_fixed + (axis == 0 ? 0 : num_own(0)); }
  int with_y(int axis) const { return with_e(axis) + rank[axis]; }
  int squares(int axis) const { return with_y(axis) + rank[axis]; }
  int cross() const { return num_fixed + num_own(0) + num_own(1); }
  // A multiple of kNumLanes; the rest is padding.
  int num_moments() const {
    return (cross() + rank[0] * rank[1] + kNumLanes - 1) / kNumLanes * kNumLanes;
  }

 private:
  int num_own(int axis) const { return 2 * rank[axis] + num_packed(rank[axis]); }
};

// The columns of both axes, the same for every problem.
struct ExponentGrid {
  int num = 0;  // exponents an axis, a multiple of kNumLanes, at most kMaxExponents
  MomentLayout layout;
  const double* coefficients[2] = {};  // rank x num: each column on its basis
  // num each: x^-exponent / L = scale * column + offset * e.
  const double* scale[2] = {};
  const double* offset[2] = {};
  double target_offset = 0;  // y = 1 - target_offset e
};

// What the cells of one problem are made of; the constant is eliminated from all of it.
struct CellTables {
  double rest = 0;      // y y
  double constant = 0;  // c of a fit without p and q
  double price = 0;     // of a negative c, times its square
  // One a column:
  double square[2][kMaxExponents];           // p p
  double inverse_square[2][kMaxExponents];   // 1 / p p
  double fit[2][kMaxExponents];              // p y
  double cost[2][kMaxExponents];             // what a unit of the column takes from c
  double crossed[kMaxRank * kMaxExponents];  // rank[1] x num: v p
};

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

// Groups of lanes summed in one pass over the rows: as many sums as AVX-512 has registers to spare.
inline constexpr int kMostGroups = 16;

// moments[m] = sum over rows r of weight[r] * products[index[r]][m]; num_moments is a multiple of
// kNumLanes. Each sum runs over the rows in order: the same bits in lanes of any width.
template <class T>
void weighted_moments(const double* products, int num_moments, const int* index,
                      const double* weight, int num_rows, double* moments) {
  // Passes of equal width: a narrow one would wait for its few sums.
  const int num_groups = num_moments / kNumLanes;
  const int num_passes = (num_groups + kMostGroups - 1) / kMostGroups;
  for (int pass = 0; pass < num_passes; ++pass) {
    const int begin = num_groups * pass / num_passes;
    const int width = num_groups * (pass + 1) / num_passes - begin;
    unrolled<kMostGroups>([&](auto g) {
      if (width == g + 1)
        moments_of_columns<T, g + 1>(products, num_moments, index, weight, num_rows,
                                     begin * kNumLanes, moments);
    });
  }
}

namespace detail {

// Fills the tables of one axis from its moments.
template <class T>
void fill_axis(const ExponentGrid& grid, const double* moments, int axis, CellTables& out) {
  const MomentLayout& layout = grid.layout;
  const int rank = layout.rank[axis];
  const double inverse_ee = 1 / moments[MomentLayout::ee];
  const double* with_e = moments + layout.with_e(axis);
  const double* with_y = moments + layout.with_y(axis);
  const double* squares = moments + layout.squares(axis);
  for (int j = 0; j < grid.num; j += kNumLanes) {
    T e = T(0.0);
    T y = T(0.0);
    T square = T(0.0);
    for (int k = 0; k < rank; ++k) {
      const T own = T::load(grid.coefficients[axis] + k * grid.num + j);
      e = fma(own, T(with_e[k]), e);
      y = fma(own, T(with_y[k]), y);
      T half = T(0.5 * squares[packed(k, k)]) * own;
      for (int l = 0; l < k; ++l)
        half = fma(T(squares[packed(k, l)]), T::load(grid.coefficients[axis] + l * grid.num + j),
                   half);
      square = fma(own + own, half, square);
    }
    const T share = e * T(inverse_ee);
    square = square - e * share;
    square.store(out.square[axis] + j);
    (T(1.0) / square).store(out.inverse_square[axis] + j);
    (y - share * T(moments[MomentLayout::ey])).store(out.fit[axis] + j);
    (share + T::load(grid.offset[axis] + j) / T::load(grid.scale[axis] + j))
        .store(out.cost[axis] + j);
  }
}

// The columns of the first axis times the basis of the second.
template <class T>
void fill_crossed(const ExponentGrid& grid, const double* moments, CellTables& out) {
  const MomentLayout& layout = grid.layout;
  const double inverse_ee = 1 / moments[MomentLayout::ee];
  for (int l = 0; l < layout.rank[1]; ++l) {
    double basis[kMaxRank];  // of the first axis, times this column of the second's
    for (int k = 0; k < layout.rank[0]; ++k)
      basis[k] = moments[layout.cross() + k * layout.rank[1] + l] -
                 moments[layout.with_e(0) + k] * moments[layout.with_e(1) + l] * inverse_ee;
    for (int j = 0; j < grid.num; j += kNumLanes) {
      T sum = T(0.0);
      for (int k = 0; k < layout.rank[0]; ++k)
        sum = fma(T::load(grid.coefficients[0] + k * grid.num + j), T(basis[k]), sum);
      sum.store(out.crossed + l * grid.num + j);
    }
  }
}

}  // namespace detail

template <class T>
void fill_tables(const ExponentGrid& grid, const double* moments, CellTables& out) {
  const double inverse_ee = 1 / moments[MomentLayout::ee];
  const double ey = moments[MomentLayout::ey];
  constexpr double kPrice = 0.1;
  out.rest = moments[MomentLayout::yy] - ey * ey * inverse_ee;
  out.constant = ey * inverse_ee + grid.target_offset;
  out.price = kPrice * moments[MomentLayout::ee];
  detail::fill_axis<T>(grid, moments, 0, out);
  detail::fill_axis<T>(grid, moments, 1, out);
  detail::fill_crossed<T>(grid, moments, out);
}

// What solving one group of cells gives.
template <class T>
struct CellSolution {
  T error, constant, first, second;  // squared relative error; weights of the columns
};

// p q of cells (j, k ..), kGroups groups of lanes.
template <int kGroups, class T>
[[gnu::always_inline]] inline void cross_products(const ExponentGrid& grid,
                                                  const CellTables& tables, int j, int k,
                                                  T (&cross)[kGroups]) {
  unrolled<kGroups>([&](auto g) { cross[g] = T(0.0); });
  for (int l = 0; l < grid.layout.rank[1]; ++l) {
    const T p = T(tables.crossed[l * grid.num + j]);
    const double* q = grid.coefficients[1] + l * grid.num + k;
    unrolled<kGroups>([&](auto g) __attribute__((always_inline)) {
      cross[g] = fma(p, T::load(q + g * kNumLanes), cross[g]);
    });
  }
}

// Cells (j, k .. k + 7), given their p q. Where a weight comes out negative its term is left out; a
// negative constant is left in at a price: the exact two-term fit is the minimiser's business.
template <class T>
[[gnu::always_inline]] inline CellSolution<T> solve_cells(const CellTables& tables, int j, int k,
                                                          const T& cross) {
  const T zero = T(0.0);
  const T p_fit = T(tables.fit[0][j]);
  const T q_fit = T::load(tables.fit[1] + k);
  const T q_inverse = T::load(tables.inverse_square[1] + k);
  const T ratio = cross * q_inverse;
  const T pivot = T(tables.square[0][j]) - cross * ratio;
  const T both_a = (p_fit - q_fit * ratio) / pivot;
  const T both_b = (q_fit - cross * both_a) * q_inverse;
  // Positive where both terms stay.
  const T both = select_less(T(1e-12 * tables.square[0][j]), pivot, min_of(both_a, both_b), zero);
  const T only_p = T(tables.fit[0][j] > 0 ? tables.fit[0][j] * tables.inverse_square[0][j] : 0.0);
  const T only_q = max_of(q_fit, zero) * q_inverse;
  const T p_gains = only_p * p_fit;
  const T q_gains = only_q * q_fit;
  CellSolution<T> out;
  out.first = select_less(zero, both, both_a, select_less(p_gains, q_gains, zero, only_p));
  out.second = select_less(zero, both, both_b, select_less(p_gains, q_gains, only_q, zero));
  out.constant = T(tables.constant) - out.first * T(tables.cost[0][j]) -
                 out.second * T::load(tables.cost[1] + k);
  const T negative = min_of(out.constant, zero);
  out.error = T(tables.rest) - out.first * p_fit - out.second * q_fit +
              T(tables.price) * negative * negative;
  return out;
}

// A rectangle of cells: rows [j, j_end), columns [k, k_end); columns are multiples of kNumLanes.
struct CellRange {
  int j, j_end, k, k_end;
};

// The least error met in each lane, and its cell as j * num + k.
template <class T>
struct BestInLanes {
  T error = T(INFINITY);
  T place;
  T lanes;  // 0, 1, ... 7

  explicit BestInLanes(int first) : place(static_cast<double>(first)) {
    double steps[kNumLanes];
    for (int lane = 0; lane < kNumLanes; ++lane) steps[lane] = lane;
    lanes = T::load(steps);
  }

  template <int kGroups>
  [[gnu::always_inline]] void look(const ExponentGrid& grid, const CellTables& tables, int j,
                                   int k) {
    T cross[kGroups];
    cross_products<kGroups>(grid, tables, j, k, cross);
    unrolled<kGroups>([&](auto g) __attribute__((always_inline)) {
      const int column = k + g * kNumLanes;
      const T here = solve_cells<T>(tables, j, column, cross[g]).error;
      const T cell = T(static_cast<double>(j * grid.num + column)) + lanes;
      place = select_less(here, error, cell, place);
      error = select_less(here, error, here, error);
    });
  }

  // The first of equals.
  int best() const {
    double errors[kNumLanes];
    double places[kNumLanes];
    error.store(errors);
    place.store(places);
    int best = 0;
    for (int lane = 1; lane < kNumLanes; ++lane) {
      const bool equal = errors[lane] == errors[best] && places[lane] < places[best];
      if (errors[lane] < errors[best] || equal) best = lane;
    }
    return static_cast<int>(places[best]);
  }
};

// The cell of least error, as j * num + k; the first of equals. Cells that are NaN never win.
template <class T>
int best_cell(const ExponentGrid& grid, const CellTables& tables, const CellRange& range) {
  BestInLanes<T> best(range.j * grid.num + range.k);
  for (int j = range.j; j < range.j_end; ++j) {
    int k = range.k;
    for (; k + 4 * kNumLanes <= range.k_end; k += 4 * kNumLanes)
      best.template look<4>(grid, tables, j, k);
    for (; k < range.k_end; k += kNumLanes) best.template look<1>(grid, tables, j, k);
  }
  return best.best();
}

}  // namespace isoloss
