#include "host/solver.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "fits/math.h"
#include "fits/polish.h"
#include "fits/vertex.h"
#include "host/linearised_runs.h"

namespace isoloss {
namespace {

template <int P>
ParamBox<P> first_of(const Box& box) {
  ParamBox<P> out;
  std::copy_n(box.bounds, P, out.bounds);
  std::copy_n(box.is_log, P, out.is_log);
  return out;
}

// The passes over the runs as minimise and polish call them.
template <int P>
struct Evaluator {
  const LawKernels& kernels;
  const RunsView& runs;

  void operator()(double delta, const double* theta, Evaluation<P>& out) const {
    kernels.evaluate(kernels.tape, runs, delta, theta, &out);
  }
  void with_scale(double delta, const double* theta, Evaluation<P>& out) const {
    kernels.evaluate_with_scale(kernels.tape, runs, delta, theta, &out);
  }
};

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

// Moves a Huber fit to the vertex beside it. False if that vertex is not an optimum.
template <int P>
bool move_to_vertex(const LawKernels& kernels, const RunsView& runs, const Box& box,
                    PolishedFit& fit) {
  bool is_held[P];
  for (std::size_t k = 0; k < P; ++k)
    is_held[k] = fit.theta[k] <= box.bounds[k].lower || fit.theta[k] >= box.bounds[k].upper;
  LinearisedRuns rows(*kernels.tape, runs);
  const Vertex<P> vertex = find_vertex<P>(runs, rows, fit.theta.data(), is_held);
  if (!vertex.solved || !vertex_is_optimal(vertex.largest_multiplier, vertex.largest_residual))
    return false;
  std::copy(std::begin(vertex.theta), std::end(vertex.theta), fit.theta.begin());
  fit.converged = true;
  fit.positive_definite = true;
  fit.scaled_gradient = 0;  // the multipliers solve the gradient's equation exactly
  return true;
}

// Least absolute deviations: Huber fits of shrinking delta until one stands beside its vertex.
template <int P>
PolishedFit polish_absolute(const LawKernels& kernels, const RunsView& runs,
                            const double* candidate, const Box& box) {
  PolishedFit fit;
  std::copy(candidate, candidate + P, fit.theta.begin());
  bool optimal = false;
  for (double delta = kAbsoluteDelta; !optimal && delta > kLeastAbsoluteDelta; delta *= 0.3) {
    fit = polish_huber<P>(kernels, runs, delta, fit.theta.data(), box);
    optimal = move_to_vertex<P>(kernels, runs, box, fit);
  }
  if (!optimal) fit.converged = false;
  fit.objective = absolute_objective(kernels, runs, fit.theta.data());
  return fit;
}

template <int P>
PolishedFit polish_in(const LawKernels& kernels, const RunsView& runs, const ResidualLoss& rho,
                      const double* candidate, const Box& box) {
  if (rho.kind == ResidualKind::absolute) return polish_absolute<P>(kernels, runs, candidate, box);
  return polish_huber<P>(kernels, runs, rho.smooth_delta(), candidate, box);
}

template <int P>
double objective_in(const LawKernels& kernels, const RunsView& runs, const ResidualLoss& rho,
                    const double* theta) {
  if (rho.kind == ResidualKind::absolute) return absolute_objective(kernels, runs, theta);
  Evaluation<P> at;
  kernels.evaluate(kernels.tape, runs, rho.smooth_delta(), theta, &at);
  return at.value;
}

}  // namespace

const Solver& solver_for(int num_params) {
  const Solver* solver = nullptr;
  with_solver_size(num_params, [&]<int P>() {
    static const Solver own{minimise_in<P>, polish_in<P>, prove_in<P>, objective_in<P>};
    solver = &own;
  });
  return *solver;
}

}  // namespace isoloss
