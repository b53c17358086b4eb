#include <lbfgs.h>

#include "fits.h"

namespace {

lbfgsfloatval_t evaluate(void* objective, const lbfgsfloatval_t* theta, lbfgsfloatval_t* gradient,
                         int, lbfgsfloatval_t) {
  return static_cast<const Objective*>(objective)->evaluate(theta, gradient);
}

}  // namespace

void lbfgs_fit(const Objective& objective, bool tight, Theta& theta) {
  lbfgs_parameter_t parameters;
  lbfgs_parameter_init(&parameters);
  if (tight) {
    // The cheapest that still takes every start as far as it goes; 1e-8 loses a third of the hits.
    parameters.epsilon = 1e-10;
  }
  lbfgs(num_params, theta.data(), nullptr, evaluate, nullptr, const_cast<Objective*>(&objective),
        &parameters);
}
