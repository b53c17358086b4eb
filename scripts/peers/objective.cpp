#include "objective.h"

#include <algorithm>

namespace {
const Problem* used = nullptr;
}

void use_problem(const Problem& problem) { used = &problem; }

double scalar_objective(const double* theta, double* gradient) {
  double value = 0;
  double derivatives[num_params];
  if (gradient) std::fill_n(gradient, int{num_params}, 0.0);
  for (const Run& run : used->runs) {
    const double r = residual(theta, run, gradient ? derivatives : nullptr);
    value += huber(r, used->delta);
    if (!gradient) continue;
    const double slope = std::clamp(r, -used->delta, used->delta);
    for (int i = 0; i < num_params; ++i) gradient[i] += slope * derivatives[i];
  }
  return value;
}
