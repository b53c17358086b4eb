// Runs in arrays, and what one pass over them gives.

#pragma once

#include <cstddef>

#include "fits/dual.h"
#include "fits/lanes.h"
#include "fits/law.h"
#include "fits/residual_loss.h"

namespace isoloss {

// Runs as structure of arrays on the host. Each array has num_padded entries, a multiple of
// kNumLanes; entries from num_runs on repeat the last run with weight 0.
struct RunsView {
  const double* inputs = nullptr;  // of the law, num_inputs x stride; see Run for what each holds
  int stride = 0;
  const double* target = nullptr;  // what the law's prediction is compared with: log of the loss
  const double* weight = nullptr;  // >= 0
  int num_runs = 0;
  int num_padded = 0;
  double over_penalty = 1;  // see fits/residual_loss.h

  // What the sums below read of runs i, i + 1, ... in lanes; any type with these serves as runs.
  ISOLOSS_HD const double* input_at(int index, int i) const {
    return inputs + std::ptrdiff_t{index} * stride + i;
  }
  ISOLOSS_HD const double* target_at(int i) const { return target + i; }
  template <class T>
  ISOLOSS_HD T weight_of(int i) const {
    return T::load(weight + i);
  }
  ISOLOSS_HD double over() const { return over_penalty; }
};

// Runs i, i + 1, ... as law L sees them.
template <class L, class T, class Runs>
ISOLOSS_HD Run<L, T> run_at(const Runs& runs, int i) {
  Run<L, T> run;
  constexpr int num_inputs = static_cast<int>(L::inputs.size());
  unrolled<num_inputs>([&](auto k) { run.value[k] = T::load(runs.input_at(k, i)); });
  return run;
}

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

// An Evaluation<P> of any P. scale and reach are null where they are not wanted.
struct EvaluationView {
  int size;  // P
  double* value;
  double* grad;
  double* hess;
  double* grad_scale;
  double* reach;
  double* weight;
};

template <int P>
ISOLOSS_HD EvaluationView view_of(Evaluation<P>& at, bool with_scale) {
  return {P,
          &at.value,
          at.grad,
          at.hess,
          with_scale ? at.grad_scale : nullptr,
          with_scale ? at.reach : nullptr,
          with_scale ? &at.weight : nullptr};
}

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

// Sum of the runs' weights.
template <class T, class Runs>
ISOLOSS_HD double total_weight(const Runs& runs) {
  T weight = T(0.0);
  for (int i = 0; i < runs.num_padded; i += kNumLanes)
    weight = weight + runs.template weight_of<T>(i);
  return sum_of_lanes(weight);
}

// The three factors by which one run's derivatives enter the sums.
template <class T>
struct RunFactors {
  T value;      // weight rho
  T slope;      // weight psi
  T curvature;  // weight psi'; weights times over_factor() all three
};

template <class T, class Runs>
ISOLOSS_HD RunFactors<T> run_factors(const T& prediction, const Runs& runs, int i, const T& delta) {
  const T r = prediction - T::load(runs.target_at(i));
  const T weight = runs.template weight_of<T>(i) * over_factor(r, T(runs.over()));
  const T psi = huber_psi(r, delta);
  return {weight * huber_rho(r, psi), weight * psi, select_equal(r, psi, weight, T(0.0))};
}

}  // namespace detail

}  // namespace isoloss
