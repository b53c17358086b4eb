// Least absolute deviations end in a vertex: as many residuals are zero as parameters are free.
//
// From the end of a graduated Huber search the P smallest residuals are solved to zero by Newton's
// method, and the dual multipliers prove optimality: with psi_i in [-1, 1] for the zero residuals,
//   sum over the others of w_i sign(r_i) dr_i + sum over the zeros of w_i psi_i dr_i = 0.

#pragma once

#include <cmath>

#include "fits/evaluation.h"
#include "fits/small_matrix.h"

namespace isoloss {

template <int P>
struct Vertex {
  double theta[P];
  double largest_residual;    // of the P that should be zero
  double largest_multiplier;  // |psi| of them; at most 1 at an optimum
  bool solved;                // the linear systems were regular
};

// Delta at which the search for absolute residuals ends: on data with noise of a percent no
// residual but those of the vertex is smaller. If some is, delta shrinks further, down to the
// least.
inline constexpr double kAbsoluteDelta = 1e-6;
inline constexpr double kLeastAbsoluteDelta = 1e-10;

namespace detail {

// The num runs of smallest |r|, kept sorted; ties go to the earlier run.
template <int P, class Rows>
void smallest_residuals(const RunsView& runs, const Rows& rows, int num, int (&index)[P]) {
  double size[P];
  int found = 0;
  for (int i = 0; i < runs.num_runs; ++i) {
    if (runs.weight[i] == 0) continue;
    const double r = rows.residual(i);
    int place = found < num ? found++ : num;
    for (; place > 0 && std::fabs(r) < size[place - 1]; --place) {
      if (place == num) continue;
      size[place] = size[place - 1];
      index[place] = index[place - 1];
    }
    if (place == num) continue;
    size[place] = std::fabs(r);
    index[place] = i;
  }
}

// Newton's method on the free parameters for r_i = 0, i in index. False if singular.
template <int P, class Rows>
bool solve_zeros(Rows& rows, const int (&index)[P], const int (&free_param)[P], int num_free,
                 double* theta) {
  for (int round = 0; round < 6; ++round) {
    double matrix[P][P];
    double x[P];
    rows.find_at(theta);
    for (int row = 0; row < num_free; ++row) {
      x[row] = -rows.residual(index[row]);
      for (int k = 0; k < num_free; ++k) matrix[row][k] = rows.gradient(index[row], free_param[k]);
    }
    if (!solve_general<P>(matrix, x, num_free)) return false;
    for (int k = 0; k < num_free; ++k) theta[free_param[k]] += x[k];
  }
  rows.find_at(theta);
  return true;
}

// Largest |psi|. False if singular.
template <int P, class Rows>
bool multipliers(const RunsView& runs, const Rows& rows, const int (&index)[P],
                 const int (&free_param)[P], int num_free, double& largest) {
  double matrix[P][P];
  double x[P] = {};
  for (int i = 0; i < runs.num_runs; ++i) {
    int row = 0;
    while (row < num_free && index[row] != i) ++row;
    for (int k = 0; k < num_free; ++k) {
      const double weighted = runs.weight[i] * rows.gradient(i, free_param[k]);
      if (row < num_free) {
        matrix[k][row] = weighted;
      } else {
        x[k] -= rows.residual(i) < 0 ? -weighted : weighted;
      }
    }
  }
  if (!solve_general<P>(matrix, x, num_free)) return false;
  largest = 0;
  for (int k = 0; k < num_free; ++k) largest = std::fmax(largest, std::fabs(x[k]));
  return true;
}

}  // namespace detail

// The vertex near theta (P values, from a Huber search with a tiny delta).
//
//   rows      rows.find_at(theta) linearises the law there; rows.residual(i) and
//             rows.gradient(i, k) are then run i's prediction less its target, and its derivative
//   is_held   parameters that stay where they are
//   cost      9 linearisations of all runs
template <int P, class Rows>
Vertex<P> find_vertex(const RunsView& runs, Rows& rows, const double* theta,
                      const bool (&is_held)[P]) {
  Vertex<P> out;
  int free_param[P];
  int num_free = 0;
  for (int k = 0; k < P; ++k) {
    out.theta[k] = theta[k];
    if (!is_held[k]) free_param[num_free++] = k;
  }
  int index[P] = {};
  rows.find_at(theta);
  detail::smallest_residuals<P>(runs, rows, num_free, index);
  out.largest_residual = 0;
  out.largest_multiplier = INFINITY;
  out.solved =
      detail::solve_zeros<P>(rows, index, free_param, num_free, out.theta) &&
      detail::multipliers<P>(runs, rows, index, free_param, num_free, out.largest_multiplier);
  for (int row = 0; out.solved && row < num_free; ++row)
    out.largest_residual = std::fmax(out.largest_residual, std::fabs(rows.residual(index[row])));
  return out;
}

}  // namespace isoloss
