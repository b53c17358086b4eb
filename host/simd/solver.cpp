#include "host/simd/solver.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "fits/math.h"
#include "fits/search.h"
#include "host/base/stop.h"
#include "host/simd/evaluator.h"
#include "host/simd/kink_finish.h"

namespace isoloss {
namespace {

template <int P>
SearchResult minimise_in(const LawKernels& kernels, const RunsView& runs, const double* start,
                         const MinimiseOptions& options, const Box& box) {
  const Minimum<P> minimum =
      minimise<P>(Evaluator<P>{kernels, runs}, start, first_of<P>(box), options);
  SearchResult result;
  std::copy(std::begin(minimum.theta), std::end(minimum.theta), result.theta.begin());
  result.objective = minimum.value;
  result.evaluations = minimum.evaluations;
  return result;
}

// The polished Huber fit of a small delta.
template <int P>
PolishedFit polish_huber(const LawKernels& kernels, const RunsView& runs, double delta,
                         const double* candidate, const Box& box) {
  return fit_of(polish<P>(Evaluator<P>{kernels, runs}, candidate, first_of<P>(box), delta), box);
}

template <int P>
PolishedFit prove_in(const LawKernels& kernels, const RunsView& runs, const ResidualLoss& rho,
                     const double* theta, const Box& box) {
  Evaluation<P> at;
  NewtonStep<P> room;
  Polished<P> proof;
  throw_if_stopped();
  kernels.evaluate_with_scale(kernels.tape, runs, rho.smooth_delta(), theta, &at);
  detail::prove<P>(theta, at, box.bounds, room, proof);
  return fit_of(proof, box);
}

double absolute_objective(const LawKernels& kernels, const RunsView& runs, const double* theta) {
  std::vector<double> prediction(static_cast<std::size_t>(runs.num_padded));
  kernels.predict(kernels.tape, runs, theta, prediction.data());
  double sum = 0;
  for (int i = 0; i < runs.num_runs; ++i)
    sum += runs.weight[i] * std::fabs(prediction[static_cast<std::size_t>(i)] - runs.target[i]);
  return sum;
}

// Passes over the runs that a finish may take: near an optimum, and after a coarse search.
constexpr int kWarmPasses = 40;
constexpr int kColdPasses = 300;

bool is_lower(const PolishedFit& a, const PolishedFit& b) {
  return a.objective < b.objective * (1 - kEqualEnds) - kExactObjective ||
         (std::isfinite(a.objective) && !std::isfinite(b.objective));
}

// A fit with kinks as it stands, absolute residuals: proved by its multipliers.
PolishedFit fit_of_absolute(const LawKernels& kernels, const RunsView& runs, const KinkFit& end,
                            const Box& box) {
  PolishedFit fit;
  fit.theta = end.theta;
  fit.objective = absolute_objective(kernels, runs, fit.theta.data());
  fit.scaled_gradient = end.scaled_gradient;
  fit.positive_definite = end.positive_definite;
  for (std::size_t k = 0; k < kMaxParams; ++k) {
    const Bounds& own = box.bounds[k];
    fit.at_bound[k] =
        own.lower < own.upper && (fit.theta[k] <= own.lower || fit.theta[k] >= own.upper);
  }
  fit.converged = end.gradient_is_zero && (end.positive_definite || end.flat);
  return fit;
}

// The same of Huber's, proved by the reference.
template <int P>
PolishedFit fit_of_huber(const LawKernels& kernels, const RunsView& runs, const ResidualLoss& rho,
                         const KinkFit& end) {
  PolishedFit fit = prove_in<P>(kernels, runs, rho, end.theta.data(), end.box);
  if (fit.converged || end.flat) {
    fit.converged |= end.gradient_is_zero;
    return fit;
  }
  // Newton's method has a digit more to give where the sets of runs are right.
  Evaluator<P> evaluate{kernels, runs};
  const PolishedFit tail = fit_of(
      detail::newton_tail<P>(evaluate, rho.huber_delta, end.theta.data(), first_of<P>(end.box)),
      end.box);
  return lower_fit(fit, tail);
}

template <int P>
PolishedFit finish_in(const LawKernels& kernels, const RunsView& runs, const ResidualLoss& rho,
                      const double* theta, const Box& box, int most_passes) {
  const KinkFit end = finish_at_kinks(kernels, runs, rho, theta, box, most_passes);
  PolishedFit fit = rho.kind == ResidualKind::absolute ? fit_of_absolute(kernels, runs, end, box)
                                                       : fit_of_huber<P>(kernels, runs, rho, end);
  fit.flat = end.flat && fit.converged;
  return fit;
}

template <int P>
PolishedFit finish_warm(const LawKernels& kernels, const RunsView& runs, const ResidualLoss& rho,
                        const double* theta, const Box& box) {
  return finish_in<P>(kernels, runs, rho, theta, box, kWarmPasses);
}

template <int P>
PolishedFit polish_in(const LawKernels& kernels, const RunsView& runs, const ResidualLoss& rho,
                      const double* candidate, const Box& box) {
  if (rho.kind == ResidualKind::absolute) {
    Theta theta{};
    for (std::size_t k = 0; k < P; ++k) theta[k] = detail::snapped(candidate[k], box.bounds[k]);
    return finish_in<P>(kernels, runs, rho, theta.data(), box, kWarmPasses);
  }
  if (rho.smooth_delta() < kLeastSearchedDelta)
    return finish_warm<P>(kernels, runs, rho, candidate, box);
  const PolishedFit fit = polish_huber<P>(kernels, runs, rho.smooth_delta(), candidate, box);
  if (fit.converged || rho.kind == ResidualKind::squared) return fit;
  return lower_fit(finish_in<P>(kernels, runs, rho, fit.theta.data(), box, kWarmPasses), fit);
}

template <int P>
PolishedFit recover_in(const LawKernels& kernels, const RunsView& runs, const ResidualLoss& rho,
                       const double* theta, const Box& box) {
  MinimiseOptions options;
  options.delta = options.first_delta = INFINITY;
  options.final_step = 1e-2;
  options.max_evaluations = 60;
  const SearchResult squared = minimise_in<P>(kernels, runs, theta, options, box);
  double total_weight = 0;
  for (int i = 0; i < runs.num_runs; ++i) total_weight += runs.weight[i];
  const double near_noise = 0.3 * std::sqrt(2 * squared.objective / total_weight);
  options.delta =
      rho.kind == ResidualKind::absolute ? near_noise : std::max(rho.huber_delta, near_noise);
  options.first_delta = 10 * options.delta;
  options.max_evaluations = 100;
  const SearchResult coarse =
      std::isfinite(near_noise) && near_noise > 0
          ? minimise_in<P>(kernels, runs, squared.theta.data(), options, box)
          : squared;
  return finish_in<P>(kernels, runs, rho, coarse.theta.data(), box, kColdPasses);
}

template <int P>
double objective_in(const LawKernels& kernels, const RunsView& runs, const ResidualLoss& rho,
                    const double* theta) {
  throw_if_stopped();
  if (rho.kind == ResidualKind::absolute) return absolute_objective(kernels, runs, theta);
  Evaluation<P> at;
  kernels.evaluate(kernels.tape, runs, rho.smooth_delta(), theta, &at);
  return at.value;
}

}  // namespace

PolishedFit lower_fit(const PolishedFit& a, const PolishedFit& b) {
  if (is_lower(a, b)) return a;
  if (is_lower(b, a)) return b;
  if (a.converged != b.converged) return a.converged ? a : b;
  return b.objective < a.objective ? b : a;
}

const Solver& solver_for(int num_params) {
  const Solver* solver = nullptr;
  with_solver_size(num_params, [&]<int P>() {
    static const Solver own{minimise_in<P>, polish_in<P>, finish_warm<P>,
                            recover_in<P>,  prove_in<P>,  objective_in<P>};
    solver = &own;
  });
  return *solver;
}

}  // namespace isoloss
