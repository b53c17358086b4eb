// From the best cells of an exponent screen to starts of the minimiser.

#pragma once

#include <cmath>

#include "fits/exponent_cells.h"
#include "fits/math.h"

namespace isoloss {

inline constexpr int kNumQuadrants = 4;

// A rectangle of cells: rows [j, j_end), columns [k, k_end).
struct CellRange {
  int j, j_end, k, k_end;
};

// The cells among which basin `basin` is looked for: all of them for a single basin, else a
// quadrant, so that distinct basins are found if there are any.
ISOLOSS_HD inline CellRange cells_of_basin(int num_exponents, int num_basins, int basin) {
  if (num_basins == 1) return {0, num_exponents, 0, num_exponents};
  const int half = num_exponents / 2;
  const int j = basin / 2 * half;
  const int k = basin % 2 * half;
  return {j, j + half, k, k + half};
}

// A start of the minimiser with the screen's error there.
struct ScreenedStart {
  double theta[kMaxParams] = {};  // search coordinates
  double error = 0;               // squared relative error
};

namespace detail {

// A weight that the screen puts at zero starts at this share of the loss.
inline constexpr double kSmallShare = 1e-3;
// Log weights start on this grid, so that engines whose sums differ in the last bits start alike.
inline constexpr double kStartGrid = 0x1p-16;

ISOLOSS_HD inline double start_weight(double weight, double typical_loss) {
  const double log_weight = isoloss::log(std::fmax(weight, kSmallShare * typical_loss));
  return std::nearbyint(log_weight / kStartGrid) * kStartGrid;
}

}  // namespace detail

// The start at cell j * num + k.
ISOLOSS_HD inline void start_at(const ExponentGrid& grid, const CellTables& tables, int cell,
                                ScreenedStart& out) {
  const int j = cell / grid.num;
  const int k = cell % grid.num;
  ScalarPack cross[1];
  cross_products<1>(grid, tables, j, k, cross);
  const CellSolution<ScalarPack> solved = solve_cells<ScalarPack>(tables, j, k, cross[0]);
  const double loss = grid.typical_loss;
  out.error = solved.error.v;
  out.theta[grid.constant_weight] = detail::start_weight(solved.constant.v, loss);
  out.theta[grid.weight[0]] = detail::start_weight(solved.first.v / grid.scale[0][j], loss);
  out.theta[grid.weight[1]] = detail::start_weight(solved.second.v / grid.scale[1][k], loss);
  out.theta[grid.exponent[0]] = grid.exponents[0][j];
  out.theta[grid.exponent[1]] = grid.exponents[1][k];
}

namespace detail {

ISOLOSS_HD inline void swap_starts(ScreenedStart& a, ScreenedStart& b) {
  const auto swap = [](double& x, double& y) {
    const double held = x;
    x = y;
    y = held;
  };
  swap(a.error, b.error);
  for (int k = 0; k < kMaxParams; ++k) swap(a.theta[k], b.theta[k]);
}

}  // namespace detail

// Starts at the cells cell(0) .. cell(num - 1), least error first; of equals the earlier cell.
template <class Cell>
ISOLOSS_HD void starts_at(const ExponentGrid& grid, const CellTables& tables, Cell&& cell, int num,
                          ScreenedStart* out) {
  for (int i = 0; i < num; ++i) {
    start_at(grid, tables, cell(i), out[i]);
    for (int place = i; place > 0 && out[place].error < out[place - 1].error; --place)
      detail::swap_starts(out[place], out[place - 1]);
  }
}

}  // namespace isoloss
