// What each school would train: the tables of the papers, and what a law says of them.

#include "host/answers/compare_optima.h"

#include <algorithm>
#include <cmath>

#include "host/answers/count/count_conversion.h"
#include "host/answers/optimum/recipe_point.h"
#include "tests/catch.h"
#include "tests/compared_optima.h"
#include "tests/input_error.h"
#include "tests/tolerance.h"

namespace isoloss {
namespace {

std::vector<const Recipe*> recipes_called(const std::vector<std::string>& names) {
  std::vector<const Recipe*> out;
  for (const std::string& name : names) out.push_back(&recipe_called(name));
  return out;
}

// Hoffmann et al. 2022, tables 3 and A3: the compute and the tokens at which N is optimal, by
// approach 1 and by approach 2. That the constants of approach 3 do not give its table:
// optima_golden_test.cpp.
struct OptimalRun {
  double N, C_1, D_1, C_2, D_2;
};
constexpr OptimalRun kOptimalRuns[] = {
    {4e8, 1.92e19, 8.0e9, 1.84e19, 7.7e9},       {1e9, 1.21e20, 20.2e9, 1.20e20, 20.0e9},
    {1e10, 1.23e22, 205.1e9, 1.32e22, 219.5e9},  {67e9, 5.76e23, 1.5e12, 6.88e23, 1.7e12},
    {175e9, 3.85e24, 3.7e12, 4.54e24, 4.3e12},   {280e9, 9.90e24, 5.9e12, 1.18e25, 7.1e12},
    {520e9, 3.43e25, 11.0e12, 4.19e25, 13.4e12}, {1e12, 1.27e26, 21.2e12, 1.59e26, 26.5e12},
    {1e13, 1.30e28, 216.2e12, 1.75e28, 292.0e12}};

}  // namespace

TEST_CASE("Rows of approaches 1 and 2 are Hoffmann et al.'s tables of optimal runs") {
  for (const OptimalRun& run : kOptimalRuns) {
    INFO("N = " << run.N);
    CompareOptimaQuestion question = question_of({run.C_1, run.C_2});
    question.recipes = recipes_called({"hoffmann2022_approach1", "hoffmann2022_approach2"});
    const auto budgets = compare_optima(published("besiroglu2024"), question).budgets;
    const ComparedModel& first = budgets.at(0).models.at(0);
    CHECK(relative(first.N, run.N) < tolerance::kApproach1);
    CHECK(relative(first.D, run.D_1) < tolerance::kApproach1Tokens);
    const ComparedModel& second = budgets.at(1).models.at(1);
    CHECK(relative(second.N, run.N) < tolerance::kApproach2);
    CHECK(relative(second.D, run.D_2) < tolerance::kApproach2Tokens);
  }
}

TEST_CASE("Kaplan's model at Gopher's budget is counted with embeddings, its tokens kept") {
  const ComparedBudget at =
      compare_optima(published("besiroglu2024"), question_of({5.76e23})).budgets[0];
  const ComparedModel& kaplan = at.models.at(0);
  REQUIRE(kaplan.recipe->name == "kaplan2020");
  CHECK(kaplan.is_converted);
  // Table 6 at 6666.7 petaFLOP/s-days, computed apart.
  CHECK(relative(kaplan.N, 804702136904.8014) < tolerance::kClosedForm);
  CHECK(relative(kaplan.D, 215518897000.83838) < tolerance::kClosedForm);
  CHECK(relative(kaplan.flops / at.flops, 1.8065470516660462) < tolerance::kClosedForm);
  for (const ComparedModel& model : at.models)
    if (&model != &kaplan) CHECK(relative(model.flops, at.flops) < tolerance::kClosedForm);
}

TEST_CASE("Nothing is wasted by the own law's model and something by every other") {
  for (const char* own : {"besiroglu2024", "hoffmann2022", "kaplan2020_joint", "sardana2024"}) {
    CompareOptimaQuestion question = question_of({1e19, 5.76e23, 1e26});
    question.recipes = recipes_called({"kaplan2020", "hoffmann2022_approach1", "llama2024"});
    for (const ComparedBudget& budget : compare_optima(published(own), question).budgets) {
      INFO(own << " at " << budget.flops);
      for (const ComparedModel& model : budget.models) {
        if (model.school == School::own)
          CHECK(model.overhead.value == 0);
        else
          CHECK(model.overhead.value > 0);
      }
    }
  }
}

TEST_CASE("The overhead of smaller models is that of de Vries's closed form") {
  const FittedLaw law = published("devries2023");
  // How much smaller and how much longer, computed apart: 2.8 %, 20.8 % and 189 % more FLOP.
  const std::pair<double, double> scales[] = {
      {0.75, 1.37127426112372}, {0.5, 2.4156451150039606}, {0.25, 11.555306675603982}};
  for (const Answer& best : training_answers(law, {}, Given::cost, {1e20, 5.76e23})) {
    for (const auto& [k_N, k_D] : scales) {
      const Model model{k_N * best.N.value, k_D * best.D.value};
      const double overhead = model_answers(law, {}, {model}).at(0).overhead->value;
      CHECK(std::fabs(overhead - (k_N * k_D - 1)) < tolerance::kOverhead);
    }
  }
}

TEST_CASE("An overhead does not depend on the units of parameters and tokens") {
  const FittedLaw law = published("besiroglu2024");
  FittedLaw scaled = law;  // N in thousands, D in millions
  for (const auto& [weight, exponent, unit] : {std::tuple{1, 3, 1e3}, std::tuple{2, 4, 1e6}})
    scaled.thetas[0][weight] -= law.thetas[0][exponent] * std::log(unit);
  const std::vector<Answer> own =
      model_answers(law, {}, {{70e9, 1.4e12}, {280e9, 300e9}, {8e9, 15e12}});
  const std::vector<Answer> other =
      model_answers(scaled, {}, {{70e6, 1.4e6}, {280e6, 300e3}, {8e6, 15e6}});
  for (std::size_t i = 0; i < own.size(); ++i) {
    CHECK(std::fabs(own[i].overhead->value - other[i].overhead->value) < tolerance::kOverhead);
    CHECK(relative(own[i].loss.value, other[i].loss.value) < tolerance::kPublishedLoss);
  }
}

TEST_CASE("The farther a model of a budget is from the best, the more it wastes") {
  const FittedLaw law = published("besiroglu2024");
  const Answer best = training_answers(law, {}, Given::cost, {1e23}).at(0);
  for (const double step : {0.5, 2.0}) {
    double last = 0;
    for (double factor = step; std::fabs(std::log(factor)) < 4; factor *= step) {
      const Model model{best.N.value * factor, best.D.value / factor};
      const double own = model_answers(law, {}, {model}).at(0).overhead->value;
      CHECK(own > last);
      last = own;
    }
  }
}

TEST_CASE("A served model reaches the own law's loss and costs less over its life") {
  // Sardana et al. 2024: with Hoffmann's constants, the quality of 13B and a demand of 2e12.
  const FittedLaw law = published("hoffmann2022");
  CompareOptimaQuestion question =
      question_of({training_answers(law, {}, Given::params, {13e9}).at(0).flops.value});
  question.served_tokens = {2e12};
  const ComparedBudget budget = compare_optima(law, question).budgets[0];
  const ComparedModel& own = of_school(budget, School::own);
  const ComparedModel& served = of_school(budget, School::served);
  CHECK(relative(own.N, 13e9) < tolerance::kClosedForm);
  CHECK(relative(served.N, 7.120e9) < tolerance::kFourDigits);
  CHECK(relative(served.D, 1.295e12) < tolerance::kFourDigits);
  CHECK(relative(served.loss.value, own.loss.value) < tolerance::kClosedForm);
  CHECK(relative(1 - served.lifetime_flops / own.lifetime_flops, 0.1632) < tolerance::kFourDigits);
  CHECK(relative(1 + served.overhead.value, served.flops / own.flops) < tolerance::kClosedForm);
}

TEST_CASE("Where the own law leaves embeddings out, recipes that count them are converted back") {
  CompareOptimaQuestion question = question_of({1e21});
  question.counts_total = false;
  const ComparedBudget budget = compare_optima(published("kaplan2020_joint"), question).budgets[0];
  for (const ComparedModel& model : budget.models) {
    if (model.recipe == nullptr) continue;
    const RecipePoint point = recipe_points(*model.recipe, {1e21})[0];
    CHECK(model.is_converted == model.recipe->counts_total);
    CHECK(model.D == point.D);
    CHECK(relative(model.is_converted ? total_of(model.N) : model.N, point.N) <
          tolerance::kCountInverse);
  }
}

TEST_CASE("Draws give intervals of what they say of the same models") {
  FittedLaw law = published("besiroglu2024");
  for (const double beta : {0.36, 0.365, 0.37, 0.375}) {
    law.thetas.push_back(law.thetas[0]);
    law.thetas.back()[4] = beta;
  }
  const ComparedBudget budget = compare_optima(law, question_of({1e22})).budgets[0];
  for (const ComparedModel& model : budget.models) {
    REQUIRE(model.loss.interval);
    CHECK(model.loss.interval->lower < model.loss.value);
    CHECK(model.loss.interval->upper > model.loss.value);
    REQUIRE(model.overhead.interval);
    CHECK(model.overhead.interval->lower >= 0);
    CHECK(model.overhead.interval->upper > model.overhead.value);
  }
}

TEST_CASE("Each law takes of the held inputs what it reads; one that none reads is refused") {
  CompareOptimaQuestion question = question_of({1e22});
  question.held = {{"experts", 8}};
  const FittedLaw law = published("besiroglu2024");
  CHECK(refusal([&] { compare_optima(law, question); }).find("no law that is compared reads") !=
        std::string::npos);
  question.recipes = answerable_recipes(question.held);
  const auto is_mixture = [](const Recipe* recipe) { return recipe->name == "ludziejewski2025"; };
  CHECK(std::count_if(question.recipes.begin(), question.recipes.end(), is_mixture) == 1);
  CHECK(compare_optima(law, question).budgets[0].models.size() == question.recipes.size() + 1);
  CHECK(answerable_recipes({}).size() == question.recipes.size() - 1);
}

}  // namespace isoloss
