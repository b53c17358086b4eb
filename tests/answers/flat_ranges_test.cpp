// How flat an optimum is: the sizes of a budget whose loss is a share above the least.

#include <cmath>

#include "host/answers/optimum/optimum.h"
#include "host/laws/law_choice.h"
#include "tests/catch.h"
#include "tests/tolerance.h"

namespace isoloss {
namespace {

OptimumQuestion asked(double budget) {
  OptimumQuestion out;
  out.values = {budget};
  return out;
}

double loss_at(const FittedLaw& law, double N, double D) {
  return model_answers(law, {}, {{N, D}}).at(0).loss.value;
}

// Chinchilla's surface, which the plan finds by search alone.
FittedLaw as_formula(const FittedLaw& law) {
  FittedLaw out = law;
  out.law = choose_law({"E + A/N^alpha + B/D^beta", {}, true, ""}, {});
  Theta theta{};
  for (std::size_t k = 0; k < out.law.params.size(); ++k)
    for (std::size_t j = 0; j < law.law.params.size(); ++j)
      if (out.law.params[k].name == law.law.params[j].name) theta[k] = law.theta()[j];
  out.thetas = {theta};
  return out;
}

}  // namespace

TEST_CASE("At the ends of a flat range the loss is that share above the least, for any law") {
  for (const FittedLaw& law : {published("besiroglu2024"), published("kaplan2020_joint"),
                               as_formula(published("besiroglu2024"))}) {
    const Answer answer = optimum(law, asked(1e23)).answers.at(0);
    INFO(law.law.formula);
    REQUIRE(answer.flat_ranges.size() == 3);
    for (const FlatRange& range : answer.flat_ranges) {
      const double loss = answer.loss.value * (1 + range.share);
      CHECK(range.least_N.value < answer.N.value);
      CHECK(range.most_N.value > answer.N.value);
      for (const auto& [N, D] : {std::pair{range.least_N.value, range.most_D.value},
                                 {range.most_N.value, range.least_D.value}}) {
        CHECK(6 * N * D == Approx(1e23).epsilon(tolerance::kClosedForm));
        CHECK(loss_at(law, N, D) == Approx(loss).epsilon(tolerance::kClosedForm));
      }
    }
  }
}

TEST_CASE("A wider share has a wider range, and a limit ends it") {
  const FittedLaw law = published("besiroglu2024");
  OptimumQuestion question = asked(1e24);
  const Answer free = optimum(law, question).answers.at(0);
  for (std::size_t i = 1; i < free.flat_ranges.size(); ++i) {
    CHECK(free.flat_ranges[i].least_N.value < free.flat_ranges[i - 1].least_N.value);
    CHECK(free.flat_ranges[i].most_N.value > free.flat_ranges[i - 1].most_N.value);
  }
  question.plans.limits = {1.2 * free.N.value, 1.1 * free.D.value};
  const Answer limited = optimum(law, question).answers.at(0);
  for (const FlatRange& range : limited.flat_ranges) {
    CHECK(range.most_N.value == Approx(1.2 * free.N.value).epsilon(tolerance::kClosedForm));
    CHECK(range.most_D.value == Approx(1.1 * free.D.value).epsilon(tolerance::kClosedForm));
  }
}

TEST_CASE("Draws give the ends of a flat range intervals; other questions have none") {
  FittedLaw law = published("besiroglu2024");
  for (const double beta : {0.36, 0.365, 0.37, 0.375}) {
    law.thetas.push_back(law.thetas[0]);
    law.thetas.back()[4] = beta;
  }
  const Answer answer = optimum(law, asked(1e22)).answers.at(0);
  for (const FlatRange& range : answer.flat_ranges)
    for (const Estimate& end : {range.least_N, range.most_N, range.least_D, range.most_D}) {
      REQUIRE(end.interval);
      CHECK(end.interval->lower < end.value);
      CHECK(end.interval->upper > end.value);
    }
  CHECK(training_answers(law, {}, Given::cost, {1e22}).at(0).flat_ranges.empty());
  OptimumQuestion models;
  models.kind = QuestionKind::models;
  models.models = {{1e9, 2e10}};
  CHECK(optimum(law, models).answers.at(0).flat_ranges.empty());
}

}  // namespace isoloss
