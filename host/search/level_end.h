// How a fit ends where some combination of parameters is hardly determined, or not at all.

#pragma once

#include <algorithm>
#include <cmath>
#include <vector>

#include "host/base/eigen.h"
#include "host/simd/evaluator.h"

namespace isoloss {

// Curvature scaled to that of each parameter alone: less, of either sign, is rounding.
inline constexpr double kLevelCurvature = 1e-9;
// Relative, of the objective: what a step may promise at a level end.
inline constexpr double kLevelDecrease = 1e-12;

// Newton's method in a box, with what it takes to end on a level floor; counts its passes over the
// runs.
template <int P>
class LevelEnd {
 public:
  LevelEnd(const LawKernels& kernels, const RunsView& runs, double delta)
      : evaluate_{{kernels, runs}, 0}, delta_(delta) {}

  int passes() const { return evaluate_.passes; }

  // The Hessian of the free parameters, scaled to a unit diagonal, taken apart.
  struct Spectrum {
    std::vector<int> free;
    std::vector<double> size;   // of each: the scale is 1 / size
    std::vector<double> slope;  // scaled gradient along each eigenvector
    Eigen of;
  };

  Spectrum spectrum(const double* theta, const ParamBox<P>& box) {
    Evaluation<P> at;
    evaluate(theta, box, at);
    Spectrum out;
    for (int k = 0; k < P; ++k)
      if (newton_.is_free[k] && at.hess[packed(k, k)] != 0) out.free.push_back(k);
    std::vector<double> scaled;
    for (const int k : out.free) out.size.push_back(std::sqrt(std::fabs(at.hess[packed(k, k)])));
    for (std::size_t i = 0; i < out.free.size(); ++i)
      for (std::size_t j = 0; j < out.free.size(); ++j)
        scaled.push_back(at.hess[packed_any(out.free[i], out.free[j])] / out.size[i] / out.size[j]);
    if (out.free.empty()) return out;
    out.of = eigen(scaled, out.free.size());
    for (const std::vector<double>& vector : out.of.vectors) {
      double slope = 0;
      for (std::size_t j = 0; j < out.free.size(); ++j)
        slope += vector[j] * at.grad[out.free[j]] / out.size[j];
      out.slope.push_back(slope);
    }
    return out;
  }

  // Proved, or level: no negative curvature, and no step that promises more than rounding.
  bool is_end(const Polished<P>& fit, const ParamBox<P>& box) {
    if (fit.proved()) return true;
    const Spectrum at = spectrum(fit.theta, box);
    if (at.free.empty() || !(at.of.values[0] > -kLevelCurvature)) return false;
    double decrease = 0;
    for (std::size_t i = 0; i < at.free.size(); ++i)
      decrease += 0.5 * at.slope[i] * at.slope[i] / std::fmax(at.of.values[i], kLevelCurvature);
    return decrease <= kLevelDecrease * fit.value + kExactObjective;
  }

  // Newton's method from near an end.
  Polished<P> tail(const double* theta, const ParamBox<P>& box) {
    const Polished<P> plain = detail::newton_tail<P>(evaluate_, delta_, theta, box);
    return plain.proved() ? plain : damped_tail(plain, box);
  }

  // The same from farther away.
  Polished<P> search(const double* theta, const ParamBox<P>& box) {
    MinimiseOptions options;
    options.delta = options.first_delta = delta_;
    options.max_evaluations = kShortSearch;
    return tail(minimise<P>(evaluate_, theta, box, options).theta, box);
  }

  // Gradient, Hessian and scales at theta; newton() then knows which parameters are free.
  void evaluate(const double* theta, const ParamBox<P>& box, Evaluation<P>& out) {
    evaluate_.with_scale(delta_, theta, out);
    newton_.find_free(theta, out, box.bounds);
  }
  NewtonStep<P>& newton() { return newton_; }

 private:
  static constexpr int kShortSearch = 60;
  static constexpr int kDampedRounds = 12;
  static constexpr double kLeastDamping = 1e-10;
  static constexpr double kMostDamping = 1e-3;

  struct Counted : Evaluator<P> {
    int passes;

    void operator()(double delta, const double* theta, Evaluation<P>& out) {
      ++passes;
      Evaluator<P>::operator()(delta, theta, out);
    }
    void with_scale(double delta, const double* theta, Evaluation<P>& out) {
      ++passes;
      Evaluator<P>::with_scale(delta, theta, out);
    }
  };

  // So little damping slows nothing down but leaves a combination without curvature alone.
  Polished<P> damped_tail(const Polished<P>& from, const ParamBox<P>& box) {
    Polished<P> best = from;
    Evaluation<P> at;
    evaluate_.with_scale(delta_, best.theta, at);
    double damping = kLeastDamping;
    for (int round = 0; round < kDampedRounds && damping < kMostDamping; ++round) {
      const bool improved = damped_step(damping, box, best, at);
      damping = improved ? std::fmax(damping / 100, kLeastDamping) : damping * 100;
      if (best.proved()) break;
    }
    return best;
  }

  bool damped_step(double damping, const ParamBox<P>& box, Polished<P>& best, Evaluation<P>& at) {
    if (!newton_.take(at, best.theta, box.bounds, damping)) return false;
    double theta[P];
    for (int j = 0; j < P; ++j) theta[j] = best.theta[j] + newton_.step[j];
    Evaluation<P> there;
    evaluate_.with_scale(delta_, theta, there);
    Polished<P> next;
    detail::prove<P>(theta, there, box.bounds, newton_, next);
    if (!detail::improves<P>(next, best)) return false;
    best = next;
    at = there;
    return true;
  }

  Counted evaluate_;
  const double delta_;
  NewtonStep<P> newton_;
};

}  // namespace isoloss
