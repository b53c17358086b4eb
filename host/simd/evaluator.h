// What minimiser, polish and proof of fits/ call a law by, at a number of parameters.

#pragma once

#include <algorithm>

#include "fits/polish.h"
#include "host/base/stop.h"
#include "host/simd/solver.h"

namespace isoloss {

template <int P>
ParamBox<P> first_of(const Box& box) {
  ParamBox<P> out;
  std::copy_n(box.bounds, P, out.bounds);
  std::copy_n(box.is_log, P, out.is_log);
  return out;
}

// The passes over the runs. Each looks whether the work is to end.
template <int P>
struct Evaluator {
  const LawKernels& kernels;
  const RunsView& runs;

  void operator()(double delta, const double* theta, Evaluation<P>& out) const {
    throw_if_stopped();
    kernels.evaluate(kernels.tape, runs, delta, theta, &out);
  }
  void below(double ceiling, double delta, const double* theta, Evaluation<P>& out) const {
    if (kernels.evaluate_below == nullptr) return (*this)(delta, theta, out);
    throw_if_stopped();
    kernels.evaluate_below(kernels.tape, runs, delta, theta, ceiling, &out);
  }
  void with_scale(double delta, const double* theta, Evaluation<P>& out) const {
    throw_if_stopped();
    kernels.evaluate_with_scale(kernels.tape, runs, delta, theta, &out);
  }
};

template <int P>
PolishedFit fit_of(const Polished<P>& polished, const Box& box) {
  PolishedFit fit;
  std::copy(std::begin(polished.theta), std::end(polished.theta), fit.theta.begin());
  for (std::size_t k = 0; k < P; ++k)
    fit.at_bound[k] = polished.at_bound[k] && box.bounds[k].lower < box.bounds[k].upper;
  fit.objective = polished.value;
  fit.scaled_gradient = polished.scaled_gradient;
  fit.positive_definite = polished.positive_definite;
  fit.converged = polished.proved();
  return fit;
}

}  // namespace isoloss
