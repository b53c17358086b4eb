// Runs in arrays, and what one pass over them gives.

#pragma once

#include "fits/dual.h"
#include "fits/lanes.h"
#include "fits/law.h"
#include "fits/residual_loss.h"

namespace isoloss {

// Runs as structure of arrays on the host. Each array has num_padded entries, a multiple of
// kNumLanes; entries from num_runs on repeat the last run with weight 0.
struct RunsView {
  const double* log_N;     // relative to the mean the caller subtracted
  const double* log_D;     // the same
  const double* log_loss;  // log of nats per token
  const double* weight;    // >= 0
  int num_runs = 0;
  int num_padded = 0;
};

// f and its derivatives at one theta of P parameters.
template <int P>
struct Evaluation {
  double value;
  double grad[P];
  double hess[num_packed(P)];  // packed lower triangle, see fits/dual.h
  double grad_scale[P];        // sum of |weight psi d log L_hat / d theta|: what cancels in grad
  double reach[P];             // sum of weight |d log L_hat / d theta|
  double weight;               // sum of weight
};

namespace detail {

template <class T>
Run<T> load_run(const RunsView& runs, int i) {
  return {T::load(runs.log_N + i), T::load(runs.log_D + i)};
}

template <class T>
T absolute(const T& x) {
  return select_less(x, T(0.0), T(0.0) - x, x);
}

// The three factors by which one run's derivatives enter the sums.
template <class T>
struct RunFactors {
  T value;      // weight rho
  T slope;      // weight psi
  T curvature;  // weight psi'
};

template <class T>
RunFactors<T> run_factors(const T& log_loss_hat, const RunsView& runs, int i, const T& delta) {
  const T weight = T::load(runs.weight + i);
  const T r = log_loss_hat - T::load(runs.log_loss + i);
  const T psi = huber_psi(r, delta);
  return {weight * huber_rho(r, psi), weight * psi, select_equal(r, psi, weight, T(0.0))};
}

}  // namespace detail

}  // namespace isoloss
