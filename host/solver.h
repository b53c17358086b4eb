// The minimiser, the polish and the proof for laws of any number of parameters.
//
// They are compiled for a few sizes; a law with a number between has the next size, the rest of its
// parameters held at zero.

#pragma once

#include <array>

#include "fits/minimise.h"
#include "fits/residual_loss.h"
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
  bool converged = false;                   // gradient zero and Hessian positive definite
  bool positive_definite = false;           // alone
  std::array<bool, kMaxParams> at_bound{};  // not of a parameter that is held
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
  // Polishes and proves; fits/polish.h, fits/vertex.h.
  PolishedFit (*polish)(const LawKernels&, const RunsView&, const ResidualLoss&,
                        const double* candidate, const Box&) = nullptr;
  // Proves a fit that stands already, not of absolute residuals: one evaluation.
  PolishedFit (*prove)(const LawKernels&, const RunsView&, const ResidualLoss&, const double* theta,
                       const Box&) = nullptr;
  // Objective at theta for the residual loss asked for, absolute included.
  double (*objective)(const LawKernels&, const RunsView&, const ResidualLoss&,
                      const double* theta) = nullptr;
};

// The sizes, in order. Each costs a pair of kernels on a GPU.
template <class F>
void with_solver_size(int num_params, F&& f) {
  if (num_params <= 4) return f.template operator()<4>();
  if (num_params == 5) return f.template operator()<5>();
  if (num_params <= 8) return f.template operator()<8>();
  if (num_params <= 12) return f.template operator()<12>();
  return f.template operator()<kMaxParams>();
}

inline int solver_size(int num_params) {
  int size = 0;
  with_solver_size(num_params, [&]<int P>() { size = P; });
  return size;
}

const Solver& solver_for(int num_params);

}  // namespace isoloss
