// The laws as rows of tables and function pointers. Templates stop here: no other file of host/
// names a law's type.
//
// Search coordinates: during a search inputs are relative to the mean of their logs ("centred"),
// which takes the condition number of the Hessian from 4e6 to 4e3 on figure 4 of Hoffmann et al.;
// parameters with a unit shift accordingly. Parameters shown to a user are in plain units.

#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "fits/law.h"
#include "fits/minimise.h"
#include "fits/residual_loss.h"
#include "host/simd/kernels.h"

namespace isoloss {

using Theta = std::array<double, kMaxParams>;
using Centre = std::array<double, kNumInputs>;  // mean of log N, log D

// Where a search may move theta: the first num_params entries. A parameter is held at v by {v, v}.
using Box = std::array<Bounds, kMaxParams>;

// A polished fit of one problem, with the proof of its convergence.
struct PolishedFit {
  Theta theta{};  // search coordinates
  double objective = 0;
  double scaled_gradient = 0;
  bool converged = false;          // gradient zero and Hessian positive definite
  bool positive_definite = false;  // alone
  std::array<bool, kMaxParams> at_bound{};
};

struct SearchResult {
  Theta theta{};
  double objective = 0;
  int evaluations = 0;
};

// Compute-optimal point of a law at fixed compute, see fits/optimum.h.
struct OptimalPoint {
  double log_N = 0;
  double log_D = 0;
  double log_loss = 0;
  double N_exponent = 0;  // N_opt ~ C^N_exponent at this C
  bool interior = false;  // false: the loss keeps falling towards N or D = 0
};

struct LawEntry {
  std::string_view name;
  std::string_view formula;
  std::string_view source;
  std::span<const Param> params;
  std::span<const Input> inputs;
  std::span<const Term> terms;  // empty: not a sum of terms
  std::span<const Unit> units;
  bool closed_optimum = false;
  Box box{};  // the law's own, for every search that has no other

  int num_params() const { return static_cast<int>(params.size()); }
  bool is_log(int k) const { return params[static_cast<std::size_t>(k)].scale == Scale::log; }
  // What a report shows for theta[k].
  double shown(int k, double theta_k) const;
  Theta to_search(Theta theta, const Centre& centre) const;
  Theta from_search(Theta theta, const Centre& centre) const;
  const LawKernels& kernels(SimdLevel level) const;

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
  // Jacobian of log L_hat, num_runs x num_params; columns in search coordinates.
  void (*jacobian)(const RunsView&, const double* theta, double* out) = nullptr;
  // Log loss at one point; theta in the coordinates of log_N and log_D.
  double (*log_loss)(const double* theta, double log_N, double log_D) = nullptr;
  // Optimum for N D = exp(log_ND), plain units.
  OptimalPoint (*optimum)(const double* theta, double log_ND) = nullptr;

  std::array<LawKernels, 3> kernel_table{};  // by SimdLevel; null where the build has none
};

// Every law of fits/laws/, by name.
const std::vector<LawEntry>& all_laws();

// Throws InputError that lists the laws if there is none of that name.
const LawEntry& find_law(std::string_view name);

}  // namespace isoloss
