#include "host/registry.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "fits/math.h"
#include "fits/optimum.h"
#include "fits/polish.h"
#include "fits/vertex.h"
#include "host/all_laws.h"
#include "host/error.h"

namespace isoloss {
namespace {

// A box and a law's scales as the minimiser takes them.
template <class L>
ParamBox<L::num_params> with_scales(const Box& box) {
  ParamBox<L::num_params> out;
  std::copy_n(box.begin(), L::num_params, out.bounds);
  for (int k = 0; k < L::num_params; ++k)
    out.is_log[k] = L::params[static_cast<std::size_t>(k)].scale == Scale::log;
  return out;
}

// The passes over the runs as minimise and polish call them.
template <class L>
struct Evaluator {
  const LawKernels& kernels;
  const RunsView& runs;

  void operator()(double delta, const double* theta, Evaluation<L::num_params>& out) const {
    kernels.evaluate(runs, delta, theta, &out);
  }
  void with_scale(double delta, const double* theta, Evaluation<L::num_params>& out) const {
    kernels.evaluate_with_scale(runs, delta, theta, &out);
  }
};

template <class L>
SearchResult minimise_law(const LawKernels& kernels, const RunsView& runs, const double* start,
                          const MinimiseOptions& options, const Box& box) {
  const Minimum<L::num_params> minimum =
      minimise<L::num_params>(Evaluator<L>{kernels, runs}, start, with_scales<L>(box), options);
  SearchResult result;
  std::copy(std::begin(minimum.theta), std::end(minimum.theta), result.theta.begin());
  result.objective = minimum.value;
  result.evaluations = minimum.evaluations;
  return result;
}

template <class L>
double objective_of_law(const LawKernels& kernels, const RunsView& runs, const ResidualLoss& rho,
                        const double* theta) {
  if (rho.kind == ResidualKind::absolute) return absolute_objective<L>(runs, theta);
  Evaluation<L::num_params> at;
  kernels.evaluate(runs, rho.smooth_delta(), theta, &at);
  return at.value;
}

template <int P>
PolishedFit fit_of(const Polished<P>& polished) {
  PolishedFit fit;
  std::copy(std::begin(polished.theta), std::end(polished.theta), fit.theta.begin());
  std::copy(std::begin(polished.at_bound), std::end(polished.at_bound), fit.at_bound.begin());
  fit.objective = polished.value;
  fit.scaled_gradient = polished.scaled_gradient;
  fit.positive_definite = polished.positive_definite;
  fit.converged = polished.proved();
  return fit;
}

// The polished Huber fit of a small delta.
template <class L>
PolishedFit polish_huber(const LawKernels& kernels, const RunsView& runs, double delta,
                         const double* candidate, const Box& box) {
  return fit_of(
      polish<L::num_params>(Evaluator<L>{kernels, runs}, candidate, with_scales<L>(box), delta));
}

template <class L>
PolishedFit prove_law(const LawKernels& kernels, const RunsView& runs, const ResidualLoss& rho,
                      const double* theta, const Box& box) {
  constexpr int P = L::num_params;
  Evaluation<P> at;
  NewtonStep<P> room;
  Polished<P> proof;
  kernels.evaluate_with_scale(runs, rho.smooth_delta(), theta, &at);
  detail::prove<P>(theta, at, box.data(), room, proof);
  return fit_of(proof);
}

// Moves a Huber fit to the vertex beside it. False if that vertex is not an optimum.
template <class L>
bool move_to_vertex(const RunsView& runs, PolishedFit& fit) {
  constexpr int P = L::num_params;
  bool at_bound[P];
  for (int k = 0; k < P; ++k) at_bound[k] = fit.at_bound[static_cast<std::size_t>(k)];
  const Vertex<P> vertex = find_vertex<L>(runs, fit.theta.data(), at_bound);
  if (!vertex.solved || !vertex_is_optimal(vertex.largest_multiplier, vertex.largest_residual))
    return false;
  std::copy(std::begin(vertex.theta), std::end(vertex.theta), fit.theta.begin());
  fit.converged = true;
  fit.positive_definite = true;
  fit.scaled_gradient = 0;  // the multipliers solve the gradient's equation exactly
  return true;
}

// Least absolute deviations: Huber fits of shrinking delta until one stands beside its vertex.
template <class L>
PolishedFit polish_absolute(const LawKernels& kernels, const RunsView& runs,
                            const double* candidate, const Box& box) {
  PolishedFit fit;
  std::copy(candidate, candidate + L::num_params, fit.theta.begin());
  bool optimal = false;
  for (double delta = kAbsoluteDelta; !optimal && delta > kLeastAbsoluteDelta; delta *= 0.3) {
    fit = polish_huber<L>(kernels, runs, delta, fit.theta.data(), box);
    optimal = move_to_vertex<L>(runs, fit);
  }
  if (!optimal) fit.converged = false;
  fit.objective = absolute_objective<L>(runs, fit.theta.data());
  return fit;
}

template <class L>
PolishedFit polish_law(const LawKernels& kernels, const RunsView& runs, const ResidualLoss& rho,
                       const double* candidate, const Box& box) {
  if (rho.kind == ResidualKind::absolute) return polish_absolute<L>(kernels, runs, candidate, box);
  return polish_huber<L>(kernels, runs, rho.smooth_delta(), candidate, box);
}

template <class L>
void jacobian_of_law(const RunsView& runs, const double* theta, double* out) {
  for (int i = 0; i < runs.num_runs; ++i) {
    double grad[L::num_params];
    detail::residual_row<L>(runs, i, theta, grad);
    std::copy(std::begin(grad), std::end(grad), out + std::ptrdiff_t{i} * L::num_params);
  }
}

template <class L>
LawEntry make_entry() {
  LawEntry entry;
  entry.name = L::name;
  entry.formula = L::formula;
  entry.source = L::source;
  entry.params = L::params;
  entry.inputs = L::inputs;
  if constexpr (HasTerms<L>) entry.terms = L::terms;
  if constexpr (HasUnits<L>) entry.units = L::units;
  entry.closed_optimum = HasClosedOptimum<L>;
  for (std::size_t k = 0; k < L::params.size(); ++k) entry.box[k] = L::params[k].bounds;
  entry.minimise = minimise_law<L>;
  entry.polish = polish_law<L>;
  entry.prove = prove_law<L>;
  entry.objective = objective_of_law<L>;
  entry.jacobian = jacobian_of_law<L>;
  entry.log_loss = [](const double* theta, double log_N, double log_D) {
    return L::log_loss(theta, Run<double>{log_N, log_D});
  };
  entry.optimum = [](const double* theta, double log_ND) {
    const Optimum<double> best = optimum<L>(theta, log_ND);
    return OptimalPoint{best.log_N, best.log_D, best.log_loss, best.N_exponent, best.interior};
  };
  entry.kernel_table[0] = law_kernels<L, SimdLevel::portable>();
#if defined(__x86_64__)
  entry.kernel_table[1] = law_kernels<L, SimdLevel::avx2>();
  entry.kernel_table[2] = law_kernels<L, SimdLevel::avx512>();
#endif
  return entry;
}

// The lower bound of a log parameter stands for zero, in any unit.
bool is_zero(const LawEntry& law, int param, const Theta& theta) {
  const auto k = static_cast<std::size_t>(param);
  return law.is_log(param) && theta[k] <= law.params[k].bounds.lower;
}

// theta[param] shifts by `sign` times the centre of its input, per unit of its exponent.
Theta shift_units(const LawEntry& law, Theta theta, const Centre& centre, double sign) {
  for (const Term& term : law.terms) {
    if (term.constant() || is_zero(law, term.weight, theta)) continue;
    theta[static_cast<std::size_t>(term.weight)] += sign *
                                                    theta[static_cast<std::size_t>(term.exponent)] *
                                                    centre[static_cast<std::size_t>(term.input)];
  }
  for (const Unit& unit : law.units)
    theta[static_cast<std::size_t>(unit.param)] +=
        sign * centre[static_cast<std::size_t>(unit.input)];
  return theta;
}

}  // namespace

double LawEntry::shown(int k, double theta_k) const {
  if (!is_log(k)) return theta_k;
  const double zero = params[static_cast<std::size_t>(k)].bounds.lower;
  return theta_k <= zero ? 0 : isoloss::exp(theta_k);
}

Theta LawEntry::to_search(Theta theta, const Centre& centre) const {
  return shift_units(*this, theta, centre, -1);
}

Theta LawEntry::from_search(Theta theta, const Centre& centre) const {
  return shift_units(*this, theta, centre, 1);
}

const LawKernels& LawEntry::kernels(SimdLevel level) const {
  return kernel_table[static_cast<std::size_t>(level)];
}

const std::vector<LawEntry>& all_laws() {
  static const std::vector<LawEntry> laws = [] {
    std::vector<LawEntry> entries;
    for_each_law([&]<class L>() { entries.push_back(make_entry<L>()); });
    return entries;
  }();
  return laws;
}

const LawEntry& find_law(std::string_view name) {
  std::vector<std::string_view> names;
  for (const LawEntry& law : all_laws()) {
    if (law.name == name) return law;
    names.push_back(law.name);
  }
  throw InputError(
      "", 0, "", fmt::format("there is no law '{}'", name),
      fmt::format("the laws are {}; 'isoloss laws' describes them", fmt::join(names, ", ")));
}

}  // namespace isoloss
