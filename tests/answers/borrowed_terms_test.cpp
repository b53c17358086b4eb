// Rows of the own law under limits and with terms of the literature: brute force over their
// formulas.

#include "host/answers/borrowed_terms.h"

#include <algorithm>
#include <cmath>

#include "tests/catch.h"
#include "tests/compared_optima.h"
#include "tests/tolerance.h"

namespace isoloss {
namespace {

// Besiroglu et al. 2024, as fits/recipes.toml has it, on its own: E + A / N^alpha + B / D^beta.
struct Terms {
  double E, A, B, alpha, beta;
  double operator()(double N, double D) const {
    return E + A / std::pow(N, alpha) + B / std::pow(D, beta);
  }
};

Terms terms_of(const FittedLaw& law) {
  const Theta& theta = law.theta();
  return {std::exp(theta[0]), std::exp(theta[1]), std::exp(theta[2]), theta[3], theta[4]};
}

// The least of a loss of one hollow along N for a budget, by golden section.
template <class Loss>
double best_size(double flops, const Loss& loss) {
  const double golden = (std::sqrt(5) - 1) / 2;
  double lower = std::log(1e6), upper = std::log(1e14);
  const auto at = [&](double log_N) { return loss(std::exp(log_N), flops / 6 / std::exp(log_N)); };
  for (int i = 0; i < 80; ++i) {
    const double left = upper - golden * (upper - lower), right = lower + golden * (upper - lower);
    (at(left) < at(right) ? upper : lower) = at(left) < at(right) ? right : left;
  }
  return std::exp((lower + upper) / 2);
}

// Kumar et al. 2024, table 2: what quantising the trained weights adds.
double lost_by_quantising(double N, double D, double bits) {
  return 0.0598 * std::pow(D, 0.5068) / std::pow(N, 0.3439) * std::exp(-bits / 0.5907);
}

// Muennighoff et al. 2023, section 3.1: what x is worth of which u is not seen before.
double worth(double u, double x, double half_life) {
  return u * (1 + half_life * (1 - std::exp(-(x / u - 1) / half_life)));
}

}  // namespace

TEST_CASE("The row of fewer bits is the least of the own law and what quantising adds") {
  const FittedLaw law = published("besiroglu2024");
  const Terms own = terms_of(law);
  CompareOptimaQuestion question = question_of({1e23});
  for (const double bits : {3.0, 4.0, 6.0}) {
    question.post_bits = bits;
    const ComparedBudget budget = compare_optima(law, question).budgets[0];
    const ComparedModel& row = of_school(budget, School::quantised);
    const auto loss = [&](double N, double D) {
      return own(N, D) + lost_by_quantising(N, D, bits);
    };
    // A least is flat: a step of the root of a rounding is none.
    CHECK(relative(row.N, best_size(1e23, loss)) < tolerance::kFlatOptimum);
    CHECK(relative(row.N * row.D * 6, 1e23) < tolerance::kClosedForm);
    CHECK(relative(row.terms->loss, loss(row.N, row.D)) < tolerance::kClosedForm);
    const ComparedModel& best = of_school(budget, School::own);
    CHECK(relative(row.terms->own_loss, loss(best.N, best.D)) < tolerance::kClosedForm);
    CHECK(row.N > best.N);  // fewer tokens a parameter are lost to quantising
    CHECK(row.terms->loss < row.terms->own_loss);
  }
}

TEST_CASE("The row of few unique tokens is the least of the own law with worn ones") {
  const FittedLaw law = published("besiroglu2024");
  const Terms own = terms_of(law);
  CompareOptimaQuestion question = question_of({1e22});
  double before = INFINITY;
  for (const double unique : {1e10, 3e10, 1e11}) {
    question.unique_tokens = unique;
    const ComparedBudget budget = compare_optima(law, question).budgets[0];
    const ComparedModel& row = of_school(budget, School::repeated);
    const auto loss = [&](double N, double D) {
      const double unique_D = std::min(D, unique);
      const double fitting = std::pow(
          own.A * own.alpha / (own.B * own.beta) * std::pow(unique_D, own.beta), 1 / own.alpha);
      const double unique_N = std::min(N, fitting);
      return own(worth(unique_N, N, 5.309743), worth(unique_D, D, 15.387756));
    };
    CHECK(relative(row.N, best_size(1e22, loss)) < tolerance::kFlatOptimum);
    CHECK(relative(row.terms->loss, loss(row.N, row.D)) < tolerance::kClosedForm);
    CHECK(row.terms->loss < before);  // more of them never lose
    before = row.terms->loss;
  }
}

TEST_CASE("Where nothing binds, rows of limits and of further terms are the own law's") {
  const FittedLaw law = published("besiroglu2024");
  CompareOptimaQuestion question = question_of({1e22});
  question.unique_tokens = 1e15;
  question.post_bits = 16;
  question.decoding = Decoding{.memory = 1e15};
  const ComparedBudget budget = compare_optima(law, question).budgets[0];
  const ComparedModel& own = of_school(budget, School::own);
  for (const School school : {School::limited, School::repeated, School::quantised}) {
    const ComparedModel& row = of_school(budget, school);
    CHECK(relative(row.N, own.N) < tolerance::kFlatOptimum);
    CHECK(relative(row.loss.value, own.loss.value) < tolerance::kClosedForm);
  }
}

TEST_CASE("A device ends the row of what it holds, and more time never makes that smaller") {
  const FittedLaw law = published("besiroglu2024");
  CompareOptimaQuestion question = question_of({5.76e23});
  double before = 0;
  for (const double seconds : {0.005, 0.01, 0.02, 1.0}) {
    question.decoding = Decoding{.seconds = seconds, .bandwidth = 3.35e12, .memory = 80e9};
    const ComparedModel row = of_school(compare_optima(law, question).budgets[0], School::limited);
    CHECK(relative(row.N, std::min(40e9, seconds * 3.35e12 / 2)) < tolerance::kClosedForm);
    CHECK(relative(6 * row.N * row.D, 5.76e23) < tolerance::kClosedForm);
    CHECK(row.N >= before);
    before = row.N;
  }
}

TEST_CASE("A law of other terms takes none of the literature's") {
  CompareOptimaQuestion question = question_of({1e22});
  question.post_bits = 4;
  const FittedLaw law = published("kaplan2020_joint");
  question.counts_total = false;
  const OptimaComparison got = compare_optima(law, question);
  CHECK(got.lacks_terms);
  for (const ComparedModel& model : got.budgets[0].models) CHECK(model.school != School::quantised);
}

}  // namespace isoloss
