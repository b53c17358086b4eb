// The objective as an ordinary user writes it, and the seam for another one.

#pragma once

#include <cmath>
#include <string>

#include "problem.h"

// Value at theta; writes the gradient (num_params) unless it is null. A peer that takes a scalar
// objective takes any of this type, so another one is compared by handing it in.
struct Objective {
  std::string name;  // empty for the ordinary one
  double (*evaluate)(const double* theta, double* gradient);
};

// The runs that scalar_objective sums over; set once, before any fit.
void use_problem(const Problem& problem);

// Sum over runs of Huber(log L_hat - log L), run by run with the library's exp and log.
double scalar_objective(const double* theta, double* gradient);

// Residual log L_hat - log L of one run, and its derivatives (num_params) unless null.
inline double residual(const double* theta, const Run& run, double* derivatives) {
  const double a = theta[log_A] - theta[alpha] * run.log_N;
  const double b = theta[log_B] - theta[beta] * run.log_D;
  const double top = std::fmax(std::fmax(a, b), theta[log_E]);
  const double exp_a = std::exp(a - top);
  const double exp_b = std::exp(b - top);
  const double exp_E = std::exp(theta[log_E] - top);
  const double sum = exp_a + exp_b + exp_E;
  if (derivatives) {
    derivatives[log_E] = exp_E / sum;
    derivatives[log_A] = exp_a / sum;
    derivatives[log_B] = exp_b / sum;
    derivatives[alpha] = -derivatives[log_A] * run.log_N;
    derivatives[beta] = -derivatives[log_B] * run.log_D;
  }
  return top + std::log(sum) - run.log_L;
}

inline double huber(double residual, double delta) {
  const double size = std::fabs(residual);
  return size <= delta ? 0.5 * residual * residual : delta * (size - 0.5 * delta);
}
