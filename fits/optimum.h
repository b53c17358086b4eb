// The compute-optimal model: argmin of L(N, D) at a fixed product N D = C / k.

#pragma once

#include <cmath>

#include "fits/dual_functions.h"
#include "fits/law.h"
#include "fits/math.h"

namespace isoloss {

template <class T>
struct Optimum {
  T log_N;
  T log_D;
  T log_loss;
  T N_exponent;  // d log N_opt / d log C
  // False: the loss falls all the way to an end of the range searched, or rises with the budget.
  bool interior;
};

namespace detail {

// log L along the curve of equal compute, with derivatives by u = log N and c = log(N D).
template <class L>
Dual<double, 2> along_budget(const double* theta, double log_N, double log_ND) {
  using D = Dual<double, 2>;
  D point[L::num_params];
  for (int k = 0; k < L::num_params; ++k) point[k] = D(theta[k]);
  const D u = D::variable(log_N, 0);
  const D c = D::variable(log_ND, 1);
  return L::log_loss(point, Run<L, D>{{u, c - u}});
}

// Root of d log L / d u in [low, high] by Newton's method inside a shrinking bracket.
template <class L>
double stationary_log_N(const double* theta, double log_ND, double low, double high) {
  double u = 0.5 * (low + high);
  for (int round = 0; round < 200; ++round) {
    const Dual<double, 2> at = along_budget<L>(theta, u, log_ND);
    (at.grad[0] > 0 ? high : low) = u;
    double next = u - at.grad[0] / at.hess[packed(0, 0)];
    if (!(next > low && next < high)) next = 0.5 * (low + high);
    if (std::fabs(next - u) <= 1e-15 * std::fabs(u)) return next;
    u = next;
  }
  return u;
}

}  // namespace detail

// Optimum for N D = exp(log_ND), in the plain units of theta. N is searched between one parameter
// and one token. Closed form where the law has one; else a root of the derivative, to rounding.
template <class L>
Optimum<double> optimum(const double* theta, double log_ND) {
  Optimum<double> best;
  if constexpr (HasClosedOptimum<L>) {
    best.log_N = L::log_optimal_params(theta, log_ND);
  } else {
    best.log_N = detail::stationary_log_N<L>(theta, log_ND, 0, log_ND);
  }
  best.log_D = log_ND - best.log_N;
  const Dual<double, 2> at = detail::along_budget<L>(theta, best.log_N, log_ND);
  best.log_loss = at.value;
  best.N_exponent = -at.hess[packed(1, 0)] / at.hess[packed(0, 0)];
  best.interior = at.hess[packed(0, 0)] > 0 && at.grad[1] <= 0 && best.log_N > 0 &&
                  best.log_N < log_ND && std::isfinite(best.N_exponent);
  return best;
}

}  // namespace isoloss
