// The minimiser, the polish and the proof for laws of any number of parameters: fits/sizes.h.

#pragma once

#include <array>

#include "fits/minimise.h"
#include "fits/residual_loss.h"
#include "fits/sizes.h"
#include "host/simd/kernels.h"

namespace isoloss {

using Theta = std::array<double, kMaxParams>;

// Where a search may move theta, and which entries are logs of weights. A parameter is held at v by
// the bounds {v, v}, as are entries that the law does not have, at 0.
using Box = ParamBox<kMaxParams>;

// A polished fit of one problem, with the proof of its convergence.
struct PolishedFit {
  Theta theta{};  // search coordinates
  double objective = 0;
  double scaled_gradient = 0;
  bool converged = false;                   // gradient zero and Hessian positive definite, or flat
  bool positive_definite = false;           // alone
  std::array<bool, kMaxParams> at_bound{};  // not of a parameter that is held
  // On a level face of a convex optimum: the objective is proved, theta is not unique.
  bool flat = false;
  // Of a resample: fewer runs were drawn than parameters are free.
  bool degenerate = false;
};

struct SearchResult {
  Theta theta{};
  double objective = 0;
  int evaluations = 0;
};

// theta: kMaxParams entries, those beyond the law's own are not looked at.
struct Solver {
  // Minimises from `start` (search coordinates); fits/minimise.h.
  SearchResult (*minimise)(const LawKernels&, const RunsView&, const double* start,
                           const MinimiseOptions&, const Box&) = nullptr;
  // Polishes and proves: fits/polish.h and, of absolute residuals and of what that does not prove,
  // fits/kinks/finish.h.
  PolishedFit (*polish)(const LawKernels&, const RunsView&, const ResidualLoss&,
                        const double* candidate, const Box&) = nullptr;
  // The second half of a polish alone: from near the optimum.
  PolishedFit (*finish)(const LawKernels&, const RunsView&, const ResidualLoss&,
                        const double* theta, const Box&) = nullptr;
  // For what a polish did not prove, not of squared residuals: least squares from theta, then a
  // delta near the noise, then a long finish.
  PolishedFit (*recover)(const LawKernels&, const RunsView&, const ResidualLoss&,
                         const double* theta, const Box&) = nullptr;
  // Proves a fit that stands already, not of absolute residuals: one evaluation.
  PolishedFit (*prove)(const LawKernels&, const RunsView&, const ResidualLoss&, const double* theta,
                       const Box&) = nullptr;
  // Objective at theta for the residual loss asked for, absolute included.
  double (*objective)(const LawKernels&, const RunsView&, const ResidualLoss&,
                      const double* theta) = nullptr;
};

const Solver& solver_for(int num_params);

// The lower of two fits of one problem; of equals the one that is proved.
PolishedFit lower_fit(const PolishedFit& a, const PolishedFit& b);

}  // namespace isoloss
