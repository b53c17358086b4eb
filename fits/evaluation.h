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

  // What the sums below read of runs i, i + 1, ... in lanes; any type with these serves as runs.
  template <class T>
  ISOLOSS_HD Run<T> run(int i) const {
    return {T::load(log_N + i), T::load(log_D + i)};
  }
  template <class T>
  ISOLOSS_HD T log_loss_of(int i) const {
    return T::load(log_loss + i);
  }
  template <class T>
  ISOLOSS_HD T weight_of(int i) const {
    return T::load(weight + i);
  }
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
ISOLOSS_HD T absolute(const T& x) {
  return select_less(x, T(0.0), T(0.0) - x, x);
}

// What all lanes agree on is written by the thread that leads them.
template <class T>
ISOLOSS_HD inline void set(double& to, double value) {
  if (T::leads()) to = value;
}

// The three factors by which one run's derivatives enter the sums.
template <class T>
struct RunFactors {
  T value;      // weight rho
  T slope;      // weight psi
  T curvature;  // weight psi'
};

template <class T, class Runs>
ISOLOSS_HD RunFactors<T> run_factors(const T& log_loss_hat, const Runs& runs, int i,
                                     const T& delta) {
  const T weight = runs.template weight_of<T>(i);
  const T r = log_loss_hat - runs.template log_loss_of<T>(i);
  const T psi = huber_psi(r, delta);
  return {weight * huber_rho(r, psi), weight * psi, select_equal(r, psi, weight, T(0.0))};
}

}  // namespace detail

}  // namespace isoloss
