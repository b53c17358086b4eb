// The model of a fit of absolute residuals, by the method of multipliers.
//
//   q(d) = sum of weight |r + J d| + d' C d / 2
//
// Each round solves the model of Huber's loss with a small s for residuals r + s y, y the last
// round's multipliers (Hestenes 1969, J. Optim. Theory Appl. 4:303; Rockafellar 1976, Math. Oper.
// Res. 1:97). No tiny delta appears. The gap, what the multipliers leave of the objective, proves
// the end.

#pragma once

#include <algorithm>
#include <cmath>

#include "fits/kinks/model.h"

namespace isoloss {

namespace detail {

// Sum of weight (|r| - y r): 0 where y is sign(r), or anything in [-1, 1] at r = 0.
inline double multiplier_gap(const KinkRows& rows, const double* residual, const double* y) {
  return sum_over_rows(rows.num_padded, [&](int i) {
    return rows.weight[i] * (std::fabs(residual[i]) - y[i] * residual[i]);
  });
}

}  // namespace detail

// Solves the model whose rows and curvature are those of absolute residuals; its zone is not
// looked at. solver.step and room.moved (r + J d) hold the end, y the multipliers.
//
//   y        num_padded: multipliers known so far, or 0; then those of the end
//   shifted  num_padded: room
//   scaled   room for a model
//   returns  the s of the last round, by which the solver's matrices are scaled
inline double solve_absolute_model(const KinkModel& model, double objective, double total_weight,
                                   KinkModelSolver& solver, const KinkRoom& room, double* y,
                                   double* shifted, KinkModel& scaled) {
  constexpr int kMostRounds = 20;
  const KinkRows& rows = model.rows;
  const double s = 1e-4 * objective / total_weight;
  scaled = model;
  scaled.rows.residual = shifted;
  scaled.zone = {s};
  for (int j = 0; j < num_packed(rows.num_params); ++j)
    scaled.curvature[j] = s * model.curvature[j];
  for (int k = 0; k < rows.num_params; ++k) solver.step[k] = 0;
  const double size = absolute_sum(rows, rows.residual);
  double gap = INFINITY;
  for (int round = 0; round < kMostRounds; ++round) {
    for (int i = 0; i < rows.num_padded; ++i) shifted[i] = rows.residual[i] + s * y[i];
    solver.solve(scaled, room);
    for (int i = 0; i < rows.num_padded; ++i) {
      const double own = clamped(room.moved[i], s) / s;
      room.moved[i] -= s * y[i];
      y[i] = own;
    }
    const double before = gap;
    gap = detail::multiplier_gap(rows, room.moved, y);
    if (gap <= 1e-14 * size || (gap < 1e-10 * size && gap > 0.3 * before)) break;
  }
  return s;
}

}  // namespace isoloss
