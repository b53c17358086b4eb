#include "fits.h"

namespace {

double evaluate(unsigned, const double* theta, double* gradient, void* objective) {
  return static_cast<const Objective*>(objective)->evaluate(theta, gradient);
}

}  // namespace

void nlopt_fit(nlopt_algorithm algorithm, const Objective& objective, Theta& theta) {
  const nlopt_opt optimiser = nlopt_create(algorithm, num_params);
  nlopt_set_min_objective(optimiser, evaluate, const_cast<Objective*>(&objective));
  // NLopt has no tolerances of its own: it runs on until it is told when to stop.
  nlopt_set_ftol_rel(optimiser, 1e-14);
  nlopt_set_xtol_rel(optimiser, 1e-12);
  nlopt_set_maxeval(optimiser, 10000);
  double objective_value = 0;
  nlopt_optimize(optimiser, theta.data(), &objective_value);  // failures show in the hit share
  nlopt_destroy(optimiser);
}
