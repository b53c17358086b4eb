// Every law of fits/laws/, with nothing to write for a new one.

#include <cmath>
#include <random>

#include "host/all_laws.h"
#include "host/fit.h"
#include "host/search/problem.h"
#include "host/search/starts.h"
#include "tests/catch.h"
#include "tests/figure4.h"
#include "tests/tolerance.h"

namespace isoloss {
namespace {

using T = Lanes<ScalarPack>;

// A point of theta near the fit of figure 4, in search coordinates.
template <class L>
class NearFit {
 public:
  NearFit() : problem_(figure4()) {
    FitOptions options;
    options.law = L::name;
    options.num_resamples = 0;
    const LawEntry& law = find_law(L::name);
    theta_ = law.to_search(fit(figure4(), options).theta, problem_.centre());
  }
  const Problem& problem() const { return problem_; }
  const Theta& fitted() const { return theta_; }
  Theta draw() {
    Theta out = theta_;
    for (std::size_t k = 0; k < L::num_params; ++k) {
      const double moved = L::params[k].scale == Scale::log ? theta_[k] + 0.5 * part_(bits_)
                                                            : theta_[k] * (1 + 0.3 * part_(bits_));
      out[k] = moved;
    }
    return out;
  }

 private:
  Problem problem_;
  Theta theta_{};
  std::mt19937_64 bits_{1};
  std::uniform_real_distribution<double> part_{-1, 1};
};

void check_near(double ours, double theirs, double bound) {
  CHECK(std::fabs(ours - theirs) <= bound * std::max(1.0, std::fabs(theirs)));
}

template <int P>
void check_equal_bits(const Evaluation<P>& a, const Evaluation<P>& b, bool with_scale) {
  CHECK(a.value == b.value);
  for (int k = 0; k < P; ++k) {
    CHECK(a.grad[k] == b.grad[k]);
    if (with_scale) CHECK(a.grad_scale[k] == b.grad_scale[k]);
    if (with_scale) CHECK(a.reach[k] == b.reach[k]);
  }
  for (int k = 0; k < num_packed(P); ++k) CHECK(a.hess[k] == b.hess[k]);
}

// f at theta with entry k moved by h.
template <class L>
Evaluation<L::num_params> evaluate_moved(const RunsView& runs, double delta, Theta theta, int k,
                                         double h) {
  Evaluation<L::num_params> out;
  theta[static_cast<std::size_t>(k)] += h;
  evaluate<L, T, false>(runs, delta, theta.data(), out);
  return out;
}

}  // namespace

TEST_CASE("Each law's derivatives equal those by dual numbers") {
  for_each_law([]<class L>() {
    INFO(L::name);
    NearFit<L> near;
    for (const double delta : {1e-3, 0.1, static_cast<double>(INFINITY)}) {
      const Theta theta = near.draw();
      Evaluation<L::num_params> own;
      Evaluation<L::num_params> dual;
      evaluate<L, T, true>(near.problem().view(), delta, theta.data(), own);
      detail::evaluate_by_duals<L, T, true>(near.problem().view(), delta, theta.data(), dual);
      check_near(own.value, dual.value, tolerance::kDerivative);
      for (int k = 0; k < L::num_params; ++k) {
        check_near(own.grad[k], dual.grad[k], tolerance::kDerivative);
        check_near(own.grad_scale[k], dual.grad_scale[k], tolerance::kDerivative);
        check_near(own.reach[k], dual.reach[k], tolerance::kDerivative);
      }
      for (int k = 0; k < num_packed(L::num_params); ++k)
        check_near(own.hess[k], dual.hess[k], tolerance::kDerivative);
    }
  });
}

TEST_CASE("Each law's derivatives agree with central differences") {
  for_each_law([]<class L>() {
    INFO(L::name);
    NearFit<L> near;
    const RunsView runs = near.problem().view();
    const Theta theta = near.draw();
    const double delta = INFINITY;  // smooth: differences see no kink
    Evaluation<L::num_params> at;
    evaluate<L, T, false>(runs, delta, theta.data(), at);
    for (int k = 0; k < L::num_params; ++k) {
      const double h = tolerance::kDifferenceStep;
      const auto above = evaluate_moved<L>(runs, delta, theta, k, h);
      const auto below = evaluate_moved<L>(runs, delta, theta, k, -h);
      check_near(at.grad[k], (above.value - below.value) / (2 * h), tolerance::kDifference);
      for (int l = 0; l < L::num_params; ++l)
        check_near(at.hess[packed_any(k, l)], (above.grad[l] - below.grad[l]) / (2 * h),
                   tolerance::kDifference);
    }
  });
}

TEST_CASE("Each law gives the same bits on every instruction set") {
  for_each_law([]<class L>() {
    NearFit<L> near;
    const LawEntry& law = find_law(L::name);
    const RunsView runs = near.problem().view();
    for (int round = 0; round < 20; ++round) {
      const Theta theta = near.draw();
      Evaluation<L::num_params> reference;
      evaluate<L, T, true>(runs, 1e-3, theta.data(), reference);
      for (const SimdLevel level : usable_simd_levels()) {
        INFO(L::name << ", " << simd_name(level));
        Evaluation<L::num_params> at;
        law.kernels(level).evaluate_with_scale(runs, 1e-3, theta.data(), &at);
        check_equal_bits(at, reference, true);
        law.kernels(level).evaluate(runs, 1e-3, theta.data(), &at);
        check_equal_bits(at, reference, false);
      }
    }
  });
}

TEST_CASE("Each law is finite at every published start") {
  const RunTable runs = figure4();
  const Problem problem(runs);
  for (const LawEntry& law : all_laws()) {
    INFO(law.name);
    const std::vector<double> starts = grid_starts(law, problem.centre());
    const auto num_params = static_cast<std::size_t>(law.num_params());
    REQUIRE(!starts.empty());
    int num_bad = 0;
    for (std::size_t s = 0; s < starts.size(); s += num_params)
      num_bad += std::isfinite(law.objective(law.kernels(SimdLevel::portable), problem.view(),
                                             ResidualLoss{}, &starts[s]))
                     ? 0
                     : 1;
    CHECK(num_bad == 0);
  }
}

TEST_CASE("Each law recovers planted parameters from noise-free runs") {
  const RunTable runs = figure4();
  for (const LawEntry& law : all_laws()) {
    INFO(law.name);
    FitOptions options;
    options.law = law.name;
    options.num_resamples = 0;
    const FitResult planted = fit(runs, options);
    RunTable exact = runs;
    for (std::size_t i = 0; i < exact.num_runs(); ++i)
      exact.loss[i] = std::exp(
          law.log_loss(planted.theta.data(), std::log(exact.params[i]), std::log(exact.tokens[i])));
    const FitResult found = fit(exact, options);
    CHECK(found.status == Status::converged);
    for (std::size_t k = 0; k < found.params.size(); ++k) {
      INFO(found.params[k].name);
      CHECK(std::fabs(found.params[k].value / planted.params[k].value - 1) < tolerance::kNoiseFree);
    }
  }
}

TEST_CASE("Planted parameters lie within the intervals of a noisy fit") {
  const RunTable runs = figure4();
  std::mt19937_64 bits(4);
  std::normal_distribution<double> noise(0, 0.005);
  for (const LawEntry& law : all_laws()) {
    INFO(law.name);
    FitOptions options;
    options.law = law.name;
    options.num_resamples = 400;
    options.confidence = 0.999;
    const FitResult planted = fit(runs, options);
    RunTable noisy = runs;
    for (std::size_t i = 0; i < noisy.num_runs(); ++i)
      noisy.loss[i] = std::exp(
          law.log_loss(planted.theta.data(), std::log(noisy.params[i]), std::log(noisy.tokens[i])) +
          noise(bits));
    const FitResult found = fit(noisy, options);
    for (std::size_t k = 0; k < found.params.size(); ++k) {
      INFO(found.params[k].name);
      REQUIRE(found.params[k].interval.has_value());
      CHECK(found.params[k].interval->lower < planted.params[k].value);
      CHECK(found.params[k].interval->upper > planted.params[k].value);
    }
  }
}

}  // namespace isoloss
