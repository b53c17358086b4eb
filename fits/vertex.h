// Least absolute deviations end in a vertex: as many residuals are zero as parameters are free.
//
// From the end of a graduated Huber search the P smallest residuals are solved to zero by Newton's
// method, and the dual multipliers prove optimality: with psi_i in [-1, 1] for the zero residuals,
//   sum over the others of w_i sign(r_i) dr_i + sum over the zeros of w_i psi_i dr_i = 0.

#pragma once

#include <cmath>

#include "fits/minimise.h"

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

// log L_hat - log L of run i, with its gradient.
template <class L>
double residual_row(const RunsView& runs, int i, const double* theta,
                    double (&grad)[L::num_params]) {
  using D = Dual<double, L::num_params>;
  D point[L::num_params];
  for (int k = 0; k < L::num_params; ++k) point[k] = D::variable(theta[k], k);
  const D hat = L::log_loss(point, Run<D>{D(runs.log_N[i]), D(runs.log_D[i])});
  for (int k = 0; k < L::num_params; ++k) grad[k] = hat.grad[k];
  return hat.value - runs.log_loss[i];
}

// The num runs of smallest |r|, kept sorted; ties go to the earlier run.
template <class L>
void smallest_residuals(const RunsView& runs, const double* theta, int num,
                        int (&index)[L::num_params]) {
  double size[L::num_params];
  int found = 0;
  for (int i = 0; i < runs.num_runs; ++i) {
    if (runs.weight[i] == 0) continue;
    const double r =
        L::log_loss(theta, Run<double>{runs.log_N[i], runs.log_D[i]}) - runs.log_loss[i];
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
template <class L>
bool solve_zeros(const RunsView& runs, const int (&index)[L::num_params],
                 const int (&free_param)[L::num_params], int num_free, double* theta) {
  constexpr int P = L::num_params;
  for (int round = 0; round < 6; ++round) {
    double matrix[P][P];
    double x[P];
    for (int row = 0; row < num_free; ++row) {
      double grad[P];
      x[row] = -residual_row<L>(runs, index[row], theta, grad);
      for (int k = 0; k < num_free; ++k) matrix[row][k] = grad[free_param[k]];
    }
    if (!solve_general<P>(matrix, x, num_free)) return false;
    for (int k = 0; k < num_free; ++k) theta[free_param[k]] += x[k];
  }
  return true;
}

// Largest |psi|. False if singular.
template <class L>
bool multipliers(const RunsView& runs, const int (&index)[L::num_params],
                 const int (&free_param)[L::num_params], int num_free, const double* theta,
                 double& largest) {
  constexpr int P = L::num_params;
  double matrix[P][P];
  double x[P] = {};
  for (int i = 0; i < runs.num_runs; ++i) {
    double grad[P];
    const double r = residual_row<L>(runs, i, theta, grad);
    int row = 0;
    while (row < num_free && index[row] != i) ++row;
    for (int k = 0; k < num_free; ++k) {
      const double weighted = runs.weight[i] * grad[free_param[k]];
      if (row < num_free) {
        matrix[k][row] = weighted;
      } else {
        x[k] -= r < 0 ? -weighted : weighted;
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
//   at_bound  parameters that stay where they are
//   cost      about 8 passes over the runs with dual numbers
template <class L>
Vertex<L::num_params> find_vertex(const RunsView& runs, const double* theta,
                                  const bool (&at_bound)[L::num_params]) {
  constexpr int P = L::num_params;
  Vertex<P> out;
  int free_param[P];
  int num_free = 0;
  for (int k = 0; k < P; ++k) {
    out.theta[k] = theta[k];
    if (!at_bound[k]) free_param[num_free++] = k;
  }
  int index[P] = {};
  detail::smallest_residuals<L>(runs, theta, num_free, index);
  out.largest_residual = 0;
  out.largest_multiplier = INFINITY;
  out.solved =
      detail::solve_zeros<L>(runs, index, free_param, num_free, out.theta) &&
      detail::multipliers<L>(runs, index, free_param, num_free, out.theta, out.largest_multiplier);
  for (int row = 0; out.solved && row < num_free; ++row) {
    double grad[P];
    const double r = detail::residual_row<L>(runs, index[row], out.theta, grad);
    out.largest_residual = std::fmax(out.largest_residual, std::fabs(r));
  }
  return out;
}

// Sum of weight |r|.
template <class L>
double absolute_objective(const RunsView& runs, const double* theta) {
  double sum = 0;
  for (int i = 0; i < runs.num_runs; ++i) {
    const double hat = L::log_loss(theta, Run<double>{runs.log_N[i], runs.log_D[i]});
    sum += runs.weight[i] * std::fabs(hat - runs.log_loss[i]);
  }
  return sum;
}

}  // namespace isoloss
