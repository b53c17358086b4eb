// The loops of an exponent screen on the CPU: a problem's moments, its tables, its best cell.

#pragma once

#include "fits/exponent_starts.h"

namespace isoloss {

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

template <class T>
void fill_tables(const ExponentGrid& grid, const double* moments, const CellTables& out) {
  fill_fixed<T>(grid, moments, out);
  for (int axis = 0; axis < 2; ++axis)
    for (int j = 0; j < grid.num; j += kNumLanes) fill_columns<T>(grid, moments, axis, j, out);
  for (int l = 0; l < grid.layout.rank[1]; ++l) {
    double basis[kMaxRank];
    for (int k = 0; k < grid.layout.rank[0]; ++k)
      basis[k] = crossed_basis<T>(grid.layout, moments, k, l);
    for (int j = 0; j < grid.num; j += kNumLanes)
      fill_crossed<T>(
          grid, [&](int k) { return basis[k]; }, l, j, out);
  }
}

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

// The cell of least error in a range whose columns are multiples of kNumLanes, as j * num + k; the
// first of equals. Cells that are NaN never win.
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
