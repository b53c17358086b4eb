// Every law of fits/laws/ in a fit, with nothing to write for a new one: its passes over runs on
// every instruction set, its starts, and planted parameters. What holds of a law's formula alone is
// in law_properties_test.cpp and law_tape_test.cpp.

#include <algorithm>
#include <cmath>
#include <random>

#include "fits/dual_functions.h"
#include "fits/functions.h"
#include "fits/objective.h"
#include "host/fit/fit.h"
#include "host/laws/all_laws.h"
#include "host/laws/registry.h"
#include "host/search/starts.h"
#include "tests/catch.h"
#include "tests/synthetic_runs.h"
#include "tests/tolerance.h"

namespace isoloss {
namespace {

using T = Lanes<ScalarPack>;

constexpr double kOverPenalty = 3;

// Points of theta near the planted one, in search coordinates, and noisy runs of the planted law.
class NearPlanted {
 public:
  explicit NearPlanted(const LawEntry& law)
      : law_(law),
        plain_(typical_theta(law)),
        problem_(planted_runs(law, plain_, 0.01), law, kOverPenalty),
        theta_(law.to_search(plain_, problem_.centre())) {}
  const Problem& problem() const { return problem_; }
  Theta draw() {
    Theta out = theta_;
    for (std::size_t k = 0; k < law_.params.size(); ++k) {
      const bool is_log = law_.is_log(static_cast<int>(k));
      out[k] += is_log ? 0.02 * part_(bits_) : 0.02 * plain_[k] * part_(bits_);
    }
    return out;
  }

 private:
  const LawEntry& law_;
  Theta plain_;
  Problem problem_;
  Theta theta_;
  std::mt19937_64 bits_{1};
  std::uniform_real_distribution<double> part_{-1, 1};
};

void check_near(double ours, double theirs, double size) {
  CHECK(std::fabs(ours - theirs) <= tolerance::kTapeDerivative * std::max(1.0, size));
}

// Entries of the Hessian are compared with the largest: they are sums in which terms cancel.
template <int P>
void check_near(const Evaluation<P>& ours, const Evaluation<P>& theirs) {
  double largest = 0;
  for (const double entry : theirs.hess) largest = std::max(largest, std::fabs(entry));
  check_near(ours.value, theirs.value, theirs.value);
  for (int k = 0; k < P; ++k) {
    check_near(ours.grad[k], theirs.grad[k], theirs.grad_scale[k]);
    check_near(ours.grad_scale[k], theirs.grad_scale[k], theirs.grad_scale[k]);
    check_near(ours.reach[k], theirs.reach[k], theirs.reach[k]);
  }
  for (int k = 0; k < num_packed(P); ++k) check_near(ours.hess[k], theirs.hess[k], largest);
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

template <int P>
Evaluation<P> evaluated(const LawKernels& kernels, const RunsView& runs, double delta,
                        const Theta& theta) {
  Evaluation<P> out;
  kernels.evaluate_with_scale(kernels.tape, runs, delta, theta.data(), &out);
  return out;
}

template <int P>
void check_passes(const LawKernels& kernels, const LawKernels& reference, NearPlanted& near) {
  const RunsView runs = near.problem().view();
  std::vector<double> ours(static_cast<std::size_t>(runs.num_padded));
  std::vector<double> theirs = ours;
  for (int round = 0; round < 10; ++round) {
    const Theta theta = near.draw();
    const Evaluation<P> expected = evaluated<P>(reference, runs, 1e-3, theta);
    check_equal_bits(evaluated<P>(kernels, runs, 1e-3, theta), expected, true);
    Evaluation<P> plain;
    kernels.evaluate(kernels.tape, runs, 1e-3, theta.data(), &plain);
    check_equal_bits(plain, expected, false);
    kernels.predict(kernels.tape, runs, theta.data(), ours.data());
    reference.predict(reference.tape, runs, theta.data(), theirs.data());
    CHECK(ours == theirs);
  }
}

// Indices of the parameters, the breaks of a broken power law by where they are: a fit may number
// them in any order.
std::vector<std::size_t> in_order(const LawEntry& law, const Theta& theta) {
  constexpr std::size_t kFirst = 3;  // break i: its slope, place and width from kFirst + 3 i on
  const std::size_t num = law.params.size();
  std::vector<std::size_t> breaks;
  for (std::size_t k = kFirst; law.name.starts_with("broken_") && k < num; k += 3)
    breaks.push_back(k);
  std::sort(breaks.begin(), breaks.end(),
            [&](std::size_t a, std::size_t b) { return theta[a + 1] < theta[b + 1]; });
  std::vector<std::size_t> out;
  for (std::size_t k = 0; k < (breaks.empty() ? num : kFirst); ++k) out.push_back(k);
  for (const std::size_t first : breaks)
    for (const std::size_t k : {first, first + 1, first + 2}) out.push_back(k);
  return out;
}

FitResult plain_fit(const RunTable& runs, const LawEntry& law, int num_resamples = 0) {
  FitOptions options;
  options.law = law.name;
  options.num_resamples = num_resamples;
  return fit(runs, options);
}

}  // namespace

TEST_CASE("Each law's passes over runs have the derivatives of dual numbers") {
  for_each_law([]<class L>() {
    INFO(L::name);
    constexpr int P = L::num_params;
    const LawEntry& law = find_law(L::name);
    NearPlanted near(law);
    const RunsView runs = near.problem().view();
    for (const double delta : {1e-3, 0.1, static_cast<double>(INFINITY)}) {
      const Theta theta = near.draw();
      Evaluation<P> dual;
      detail::evaluate_by_duals<L, T, true>(runs, delta, theta.data(), dual);
      Evaluation<P> ours;
      const Tape& tape = law.tape();
      evaluate_tape<T>(tape, runs, delta, theta.data(), thread_room(tape), view_of(ours, true));
      check_near(ours, dual);
      if constexpr (HasTerms<L>) {
        evaluate<L, T, true>(runs, delta, theta.data(), ours);
        check_near(ours, dual);
      }
    }
  });
}

TEST_CASE("Each law gives the same bits on every instruction set") {
  for (const LawEntry& law : all_laws()) {
    NearPlanted near(law);
    for (const SimdLevel level : usable_simd_levels()) {
      INFO(law.name << ", " << simd_name(level));
      with_solver_size(law.num_params(), [&]<int P>() {
        check_passes<P>(tape_kernels(law.tape(), level),
                        tape_kernels(law.tape(), SimdLevel::portable), near);
      });
    }
  }
}

TEST_CASE("Each law with code of its own gives the same bits on every instruction set") {
  for_each_law([]<class L>() {
    if constexpr (HasTerms<L>) {
      const LawEntry& law = find_law(L::name);
      REQUIRE(law.has_own_kernels());
      NearPlanted near(law);
      for (const SimdLevel level : usable_simd_levels()) {
        INFO(L::name << ", " << simd_name(level));
        check_passes<L::num_params>(law.kernels(level), law.kernels(SimdLevel::portable), near);
      }
    }
  });
}

TEST_CASE("Each law with linear residuals predicts what it predicts with those of logs") {
  for (const LawEntry& law : all_laws()) {
    INFO(law.name);
    const Theta theta = typical_theta(law);
    const LawEntry linear = law.with_linear_residual(2);
    const RunTable runs = planted_runs(law, theta, 0, 16);
    const RunTable again = planted_runs(linear, theta, 0, 16);
    for (std::size_t i = 0; i < runs.num_runs(); ++i)
      CHECK(std::fabs(again.loss[i] / runs.loss[i] - 1) < tolerance::kClosedForm);
  }
}

TEST_CASE("Each law predicts its published starts, but where a difference has no log") {
  for (const LawEntry& law : all_laws()) {
    INFO(law.name);
    const Problem problem(planted_runs(law, typical_theta(law), 0, 64), law);
    const std::vector<double> starts = grid_starts(law, problem.centre());
    const auto num_params = static_cast<std::size_t>(law.num_params());
    const std::size_t num = starts.size() / num_params;
    REQUIRE(num > 0);
    const LawKernels kernels = law.kernels(SimdLevel::portable);
    std::size_t num_seen = 0;
    std::size_t num_bad = 0;
    for (std::size_t s = 0; s < num; s += 1 + num / 5000, ++num_seen) {
      Theta theta{};
      std::copy_n(&starts[s * num_params], num_params, theta.begin());
      const double value =
          law.solver().objective(kernels, problem.view(), ResidualLoss{}, theta.data());
      num_bad += std::isfinite(value) ? 0 : 1;
    }
    const bool may_be_nan = law.name == "overtraining_error" || law.name == "lr_annealing";
    CHECK(num_bad <= (may_be_nan ? num_seen - 1 : 0));
  }
}

TEST_CASE("Each law recovers planted parameters from noise-free runs") {
  for (const LawEntry& law : all_laws()) {
    const Theta planted = typical_theta(law);
    const FitResult found = plain_fit(planted_runs(law, planted), law);
    INFO(law.name << ": objective " << found.objective << ", " << status_name(found.status)
                  << ", condition " << found.identifiability.condition);
    if (found.status ==
        Status::not_identifiable) {  // the curve comes back, its parameters need not
      CHECK(found.rms_residual < tolerance::kNoiseFreeCurve);
      continue;
    }
    CHECK(found.status != Status::not_converged);
    const std::vector<std::size_t> of_planted = in_order(law, planted);
    const std::vector<std::size_t> of_found = in_order(law, found.theta);
    for (std::size_t k = 0; k < found.params.size(); ++k) {
      const ParamEstimate& param = found.params[of_found[k]];
      const double value = law.shown(static_cast<int>(of_planted[k]), planted[of_planted[k]]);
      INFO(param.name << " is " << param.value << ", planted " << value);
      CHECK(std::fabs(param.value - value) <= tolerance::kNoiseFree * std::fabs(value));
    }
  }
}

TEST_CASE("Planted parameters lie within some standard errors of a noisy fit") {
  for (const LawEntry& law : all_laws()) {
    const Theta planted = typical_theta(law);
    const FitResult found = plain_fit(planted_runs(law, planted, 0.002, 1), law, 200);
    // Intervals are withheld where the runs do not identify the law.
    if (found.bootstrap.withheld) continue;
    INFO(law.name << ": " << status_name(found.status) << ", condition "
                  << found.identifiability.condition);
    const std::vector<std::size_t> of_planted = in_order(law, planted);
    const std::vector<std::size_t> of_found = in_order(law, found.theta);
    for (std::size_t k = 0; k < found.params.size(); ++k) {
      const ParamEstimate& param = found.params[of_found[k]];
      const double value = law.shown(static_cast<int>(of_planted[k]), planted[of_planted[k]]);
      REQUIRE(param.standard_error.has_value());
      INFO(param.name << " is " << param.value << " +- " << *param.standard_error << ", planted "
                      << value);
      CHECK(std::fabs(param.value - value) <= tolerance::kPlantedSigmas * *param.standard_error);
    }
  }
}

}  // namespace isoloss
