#include "host/search/projected_search.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "fits/newton_step.h"
#include "fits/stopping.h"
#include "host/search/linear_solve.h"

namespace isoloss {
namespace {

constexpr int kMostSteps = 500;
constexpr double kFirstDamping = 1;
constexpr double kLargestDamping = 1e12;
constexpr double kLeastDamping = 1e-14;

// The state of one search.
template <int P>
class ProjectedSearch {
 public:
  ProjectedSearch(const LawEntry& law, const Problem& problem)
      : law_(law),
        runs_(problem.view()),
        kernels_(law.kernels(simd_level())),
        linear_(law, runs_) {}

  SearchResult run(const double* start) {
    std::copy_n(start, law_.num_params(), theta_.begin());
    if (!project_and_evaluate(theta_, at_))
      return {theta_, std::numeric_limits<double>::infinity()};
    double damping = kFirstDamping;
    int num_steps = 0;
    for (; num_steps < kMostSteps && damping < kLargestDamping; ++num_steps) {
      const bool is_solved = newton_.take(at_, theta_.data(), law_.box.bounds, damping);
      const double predicted = is_solved ? newton_.predicted_decrease(at_) : 0;
      if (!is_solved || predicted < 0) {
        damping *= 10;
        continue;
      }
      if (decrease_is_rounding(predicted, at_.value) && damping <= kFirstDamping) break;
      damping = try_step() ? std::max(0.1 * damping, kLeastDamping) : 10 * damping;
    }
    return {theta_, at_.value, num_steps};
  }

 private:
  bool project_and_evaluate(Theta& theta, Evaluation<P>& at) {
    if (!std::isfinite(linear_.solve(theta))) return false;
    kernels_.evaluate(kernels_.tape, runs_, std::numeric_limits<double>::infinity(), theta.data(),
                      &at);
    return std::isfinite(at.value);
  }

  // Takes the step if the objective falls.
  bool try_step() {
    Theta trial = theta_;
    for (std::size_t k = 0; k < P; ++k) trial[k] += newton_.step[k];
    Evaluation<P> there;
    if (!project_and_evaluate(trial, there) || !(there.value < at_.value)) return false;
    theta_ = trial;
    at_ = there;
    return true;
  }

  const LawEntry& law_;
  const RunsView runs_;
  const LawKernels kernels_;
  LinearSolve linear_;
  Theta theta_{};
  Evaluation<P> at_;
  NewtonStep<P> newton_;
};

}  // namespace

bool can_project(const LawEntry& law, const ResidualLoss& rho) {
  if (law.log_residual || !rho.is_likelihood()) return false;
  const int num_linear = static_cast<int>(law.linear_params().size());
  return num_linear > 0 && num_linear < law.num_free();
}

SearchResult projected_search(const LawEntry& law, const Problem& problem, const double* start) {
  SearchResult result;
  with_solver_size(law.num_params(),
                   [&]<int P>() { result = ProjectedSearch<P>(law, problem).run(start); });
  return result;
}

}  // namespace isoloss
