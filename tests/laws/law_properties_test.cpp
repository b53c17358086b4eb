// What holds of every law of fits/laws/, whatever it reads: nothing to write for a new one.

#include <algorithm>
#include <cmath>

#include "fits/dual_functions.h"
#include "host/laws/all_laws.h"
#include "tests/catch.h"
#include "tests/law_draws.h"
#include "tests/tolerance.h"

namespace isoloss {
namespace {

template <class L>
using DualOf = Dual<double, L::num_params>;

template <class L>
DualOf<L> with_derivatives(const double* theta, const Run<L, double>& run) {
  DualOf<L> point[L::num_params];
  Run<L, DualOf<L>> duals;
  for (int k = 0; k < L::num_params; ++k) point[k] = DualOf<L>::variable(theta[k], k);
  for (std::size_t i = 0; i < L::inputs.size(); ++i) duals.value[i] = DualOf<L>(run.value[i]);
  return L::log_loss(point, duals);
}

void check_near(double ours, double theirs, double bound) {
  CHECK(std::fabs(ours - theirs) <= bound * std::max(1.0, std::fabs(theirs)));
}

// Whether a search takes the log of the input relative to its mean.
template <class L>
bool is_centred(Input input) {
  if constexpr (HasTerms<L>) return true;
  if constexpr (HasShifts<L>)
    for (const Shift& shift : L::shifts)
      if (info_of(shift.input).centred_with == info_of(input).centred_with) return true;
  return false;
}

// theta[param] moves by -factor theta[by] c.
template <class L>
void apply_shifts(double* theta, const double (&centre)[kNumInputs]) {
  double moved[L::num_params];
  std::copy(theta, theta + L::num_params, moved);
  const auto move = [&](int param, Input input, int by, double factor) {
    const double rate = by < 0 ? 1 : theta[by];
    moved[param] -= factor * rate * centre[static_cast<std::size_t>(input)];
  };
  if constexpr (HasTerms<L>)
    for (const Term& term : L::terms)
      if (!term.constant()) move(term.weight, term.input, term.exponent, 1);
  if constexpr (HasShifts<L>)
    for (const Shift& shift : L::shifts) move(shift.param, shift.input, shift.by, shift.factor);
  std::copy(moved, moved + L::num_params, theta);
}

}  // namespace

TEST_CASE("Each law is finite over its whole box") {
  for_each_law([]<class L>() {
    INFO(L::name);
    LawDraws draws;
    int num_bad = 0;
    for (int round = 0; round < 3000; ++round) {
      std::array<double, L::num_params> theta;
      for (std::size_t k = 0; k < theta.size(); ++k) theta[k] = draws.in_box(L::params[k].bounds);
      const double value = L::log_loss(theta.data(), draws.template run<L>());
      num_bad += std::isfinite(value) || (may_be_nan<L> && std::isnan(value)) ? 0 : 1;
    }
    CHECK(num_bad == 0);
  });
}

TEST_CASE("Each law's derivatives by dual numbers agree with central differences") {
  for_each_law([]<class L>() {
    INFO(L::name);
    LawDraws draws;
    int num_compared = 0;
    for (int round = 0; round < 20; ++round) {
      const Run<L, double> run = draws.template run<L>();
      auto theta = draws.template start<L>();
      const DualOf<L> at = with_derivatives<L>(theta.data(), run);
      if (std::isnan(at.value)) continue;
      ++num_compared;
      check_near(at.value, L::log_loss(theta.data(), run), tolerance::kClosedForm);
      for (int k = 0; k < L::num_params; ++k) {
        const double h = tolerance::kDifferenceStep;
        double& entry = theta[static_cast<std::size_t>(k)];
        const double middle = entry;
        entry = middle + h;
        const DualOf<L> above = with_derivatives<L>(theta.data(), run);
        entry = middle - h;
        const DualOf<L> below = with_derivatives<L>(theta.data(), run);
        entry = middle;
        INFO("parameter " << L::params[static_cast<std::size_t>(k)].name);
        check_near(at.grad[k], (above.value - below.value) / (2 * h), tolerance::kDifference);
        for (int l = 0; l < L::num_params; ++l)
          check_near(at.hess[packed_any(k, l)], (above.grad[l] - below.grad[l]) / (2 * h),
                     tolerance::kDifference);
      }
    }
    CHECK(num_compared >= 5);
  });
}

TEST_CASE("Each law's parameters move with the units of its inputs as its table says") {
  for_each_law([]<class L>() {
    INFO(L::name);
    LawDraws draws;
    double centre[kNumInputs];
    for (double& c : centre) c = draws.in({5, 25});
    for (int round = 0; round < 20; ++round) {
      Run<L, double> run = draws.template run<L>();
      auto theta = draws.template start<L>();
      const double plain = L::log_loss(theta.data(), run);
      if (std::isnan(plain)) continue;
      apply_shifts<L>(theta.data(), centre);
      for (std::size_t i = 0; i < L::inputs.size(); ++i)
        if (is_centred<L>(L::inputs[i]))
          run.value[i] -= centre[static_cast<std::size_t>(info_of(L::inputs[i]).centred_with)];
      check_near(L::log_loss(theta.data(), run), plain, tolerance::kClosedForm);
    }
  });
}

TEST_CASE("Each closed optimum is where the loss is least along a budget") {
  for_each_law([]<class L>() {
    if constexpr (HasClosedOptimum<L>) {
      INFO(L::name);
      LawDraws draws;
      for (int round = 0; round < 20; ++round) {
        const auto theta = draws.template start<L>();
        const double log_ND = draws.in({35, 55});
        const double best = L::log_optimal_params(theta.data(), log_ND);
        const auto loss = [&](double log_N) {
          return L::log_loss(theta.data(), Run<L, double>{{log_N, log_ND - log_N}});
        };
        CHECK(loss(best) <= loss(best - 0.01) + tolerance::kDerivative);
        CHECK(loss(best) <= loss(best + 0.01) + tolerance::kDerivative);
      }
    }
  });
}

}  // namespace isoloss
