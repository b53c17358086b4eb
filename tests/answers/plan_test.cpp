// Plans: closed forms, first-order conditions, and how answers move with what is asked.

#include "host/answers/optimum/plan.h"

#include <cmath>

#include "fits/math.h"
#include "host/answers/optimum/answer.h"
#include "host/base/error.h"
#include "host/fit/fit.h"
#include "host/laws/law_choice.h"
#include "host/laws/registry.h"
#include "tests/catch.h"
#include "tests/figure4.h"
#include "tests/input_error.h"
#include "tests/tolerance.h"

namespace isoloss {
namespace {

struct Known {
  FittedLaw law;
  SurfaceProgram surface;
};

Known known(const char* recipe, const HeldInputs& held = {}) {
  FittedLaw law = published(recipe);
  SurfaceProgram surface(law.law, held);
  return {std::move(law), std::move(surface)};
}

Plan plan(const Known& of, const Cost& cost, Given given, double value, const Limits& limits = {}) {
  return plans(of.surface, of.law.thetas, cost, limits, given, {value})[0];
}

const char* kChinchillas[] = {"hoffmann2022", "besiroglu2024", "devries2023", "sardana2024"};

}  // namespace

TEST_CASE("The optimum found along the budget is the closed form") {
  for (const char* recipe : kChinchillas) {
    const Known of = known(recipe);
    for (const double C : {1e17, 1e20, 5.76e23, 1e27}) {
      const OptimalPoint exact = of.law.law.optimum(of.law.thetas[0].data(), std::log(C / 6));
      const Plan ours = plan(of, {}, Given::cost, C);
      INFO(recipe << " at " << C);
      CHECK(ours.log_N == Approx(exact.log_N).epsilon(tolerance::kClosedForm));
      CHECK(ours.log_D == Approx(exact.log_D).epsilon(tolerance::kClosedForm));
      CHECK(ours.log_L == Approx(exact.log_loss).epsilon(tolerance::kClosedForm));
    }
  }
}

TEST_CASE("Asking by size, tokens or loss is the inverse of asking by budget") {
  for (const char* recipe : kChinchillas) {
    const Known of = known(recipe);
    const Plan at = plan(of, {}, Given::cost, 3e23);
    INFO(recipe);
    for (const auto& [given, value] :
         {std::pair{Given::params, at.N()}, {Given::tokens, at.D()}, {Given::loss, at.L()}})
      CHECK(plan(of, {}, given, value).log_cost ==
            Approx(at.log_cost).epsilon(tolerance::kClosedForm));
  }
}

TEST_CASE("A served model meets Sardana et al.'s first-order condition") {
  const Known of = known("hoffmann2022");
  const auto& params = recipe_called("hoffmann2022").params;
  for (const double served : {1e9, 1e12, 1e15}) {
    const Plan ours = plan(of, {6, 2 * served}, Given::loss, 2.1);
    const double by_N =
        params.at("alpha") * params.at("A") * std::pow(ours.N(), -params.at("alpha"));
    const double by_D = params.at("beta") * params.at("B") * std::pow(ours.D(), -params.at("beta"));
    CHECK(by_N / by_D == Approx(1 + served / (3 * ours.D())).epsilon(tolerance::kFirstOrder));
    CHECK(ours.L() == Approx(2.1).epsilon(tolerance::kClosedForm));
  }
}

TEST_CASE("More demand never asks for a larger model or fewer tokens") {
  for (const char* recipe : kChinchillas) {
    const Known of = known(recipe);
    Plan last = plan(of, {}, Given::loss, 2.2);
    for (double served = 1e8; served < 1e17; served *= 10) {
      const Plan own = plan(of, {6, 2 * served}, Given::loss, 2.2);
      INFO(recipe << " serves " << served);
      CHECK(own.N() <= last.N());
      CHECK(own.D() >= last.D());
      CHECK(own.cost() >= last.cost());
      last = own;
    }
  }
}

TEST_CASE("The plan of least cost for a loss is that of least loss for its cost") {
  const Known of = known("besiroglu2024");
  const Cost cost{6, 2e13};
  const Plan least = plan(of, cost, Given::loss, 2.0);
  const Plan same = plan(of, cost, Given::cost, least.cost());
  CHECK(same.log_N == Approx(least.log_N).epsilon(tolerance::kClosedForm));
  CHECK(same.L() == Approx(2.0).epsilon(tolerance::kClosedForm));
  // No other point of that cost is better.
  for (const double factor : {0.5, 0.9, 1.1, 2.0})
    CHECK(plan(of, cost, Given::cost, least.cost(), {least.N() * factor, INFINITY}).L() >=
          Approx(same.L()).epsilon(tolerance::kClosedForm));
}

TEST_CASE("Only the ratio of prices matters for what is trained") {
  const Known of = known("hoffmann2022");
  const Demand demand{1e12, 1e11};
  const Prices prices{0.4, 0.5, 0.02, 0.5, 3e-18, 2e-18};
  Prices doubled = prices;
  doubled.train_price *= 2, doubled.serve_price *= 2;
  const Plan one = plan(of, cost_of(demand, prices), Given::loss, 2.1);
  const Plan two = plan(of, cost_of(demand, doubled), Given::loss, 2.1);
  CHECK(two.log_N == Approx(one.log_N).epsilon(tolerance::kClosedForm));
  CHECK(two.cost() == Approx(2 * one.cost()).epsilon(tolerance::kClosedForm));
}

TEST_CASE("Limits hold, and what they cost is more") {
  const Known of = known("hoffmann2022");
  const Plan free = plan(of, {}, Given::loss, 2.1);
  const Plan small = plan(of, {}, Given::loss, 2.1, {free.N() / 3, INFINITY});
  CHECK(small.end == PlanEnd::at_max_params);
  CHECK(small.N() == Approx(free.N() / 3).epsilon(tolerance::kClosedForm));
  CHECK(small.cost() > free.cost());
  CHECK(small.L() == Approx(2.1).epsilon(tolerance::kClosedForm));
  const Plan few = plan(of, {}, Given::cost, free.cost(), {INFINITY, free.D() / 3});
  CHECK(few.end == PlanEnd::at_max_tokens);
  CHECK(few.D() == Approx(free.D() / 3).epsilon(tolerance::kClosedForm));
  CHECK(few.L() > free.L());
  CHECK(plan(of, {}, Given::cost, free.cost(), {free.N() / 3, free.D() / 3}).end == PlanEnd::none);
  CHECK(plan(of, {}, Given::loss, 2.1, {free.N() * 2, INFINITY}).end == PlanEnd::interior);
}

TEST_CASE("With many unique tokens the data-constrained law is chinchilla's") {
  const Known plenty = known("muennighoff2023", {{"unique_tokens", 1e15}});
  const Known scarce = known("muennighoff2023", {{"unique_tokens", 1e10}});
  for (const double C : {1e20, 1e22}) {
    const Plan own = plan(plenty, {}, Given::cost, C);
    CHECK(own.tokens_per_param() == Approx(19.613).epsilon(tolerance::kFiveDigits));
    CHECK(plan(scarce, {}, Given::cost, C).L() >= own.L());
  }
}

TEST_CASE("On a plateau the plan is the least compute that reaches it") {
  const Known of = known("muennighoff2023", {{"unique_tokens", 1e9}});
  const Plan far = plan(of, {}, Given::cost, 1e26);
  CHECK(far.end == PlanEnd::saturated);
  CHECK(far.cost() < 1e24);
  for (const double C : {1e24, 1e25, 1e28}) {
    const Plan same = plan(of, {}, Given::cost, C);
    CHECK(same.end == PlanEnd::saturated);
    CHECK(same.log_L == Approx(far.log_L).epsilon(tolerance::kClosedForm));
    CHECK(same.log_N == Approx(far.log_N).epsilon(tolerance::kPlateau));
    CHECK(same.log_D == Approx(far.log_D).epsilon(tolerance::kPlateau));
  }
  // Less does not reach it, and nothing else of that cost does better.
  const Plan less = plan(of, {}, Given::cost, far.cost() / 2);
  CHECK(less.end == PlanEnd::interior);
  CHECK(less.log_L > far.log_L);
  CHECK(plan(of, {}, Given::cost, 1e21).end == PlanEnd::interior);
  CHECK(plan(known("hoffmann2022"), {}, Given::cost, 1e40).end == PlanEnd::interior);
}

TEST_CASE("A formula that is chinchilla has its optimum, at every draw") {
  const Known built_in = known("besiroglu2024");
  LawRequest request;
  request.text = "E + A/N^alpha + B/D^beta";
  const LawEntry formula = choose_law(request, {});
  Theta theta{};
  for (int k = 0; k < formula.num_params(); ++k) {
    const auto i = static_cast<std::size_t>(k);
    const double shown = recipe_called("besiroglu2024").params.at(formula.params[i].name);
    theta[i] = formula.is_log(k) ? isoloss::log(shown) : shown;
  }
  const SurfaceProgram surface(formula, {});
  const std::vector<Theta> many(700, theta);
  const auto ours = plans(surface, many, {6, 2e12}, {}, Given::loss, std::vector<double>(700, 2.1));
  const Plan exact = plan(built_in, {6, 2e12}, Given::loss, 2.1);
  for (const Plan& own : {ours.front(), ours[511], ours[512], ours.back()})
    CHECK(own.log_N == Approx(exact.log_N).epsilon(tolerance::kClosedForm));
}

TEST_CASE("Draws spread about the estimate, the same on any number of threads") {
  FitOptions options;
  options.num_resamples = 600;
  const RunTable runs = figure4();
  const FittedLaw law =
      law_of_fit(std::make_shared<const FittedRuns>(FittedRuns{runs, fit(runs, options)}));
  PlanOptions plans;
  plans.num_threads = 1;
  const auto one = serving_answers(law, plans, {Given::params, 13e9}, {{1e12, 0}}, {});
  plans.num_threads = 3;
  const auto three = serving_answers(law, plans, {Given::params, 13e9}, {{1e12, 0}}, {});
  REQUIRE(one[0].N.interval);
  CHECK(one[0].N.interval->lower < one[0].N.value);
  CHECK(one[0].N.value < one[0].N.interval->upper);
  CHECK(one[0].N.interval->lower == three[0].N.interval->lower);
  CHECK(one[0].saving->interval->upper == three[0].saving->interval->upper);
}

TEST_CASE("A served model is optimal for what it was planned to serve") {
  const FittedLaw law = published("besiroglu2024");
  const Answer planned = serving_answers(law, {}, {Given::loss, 2.1}, {{3e12, 0}}, {})[0];
  const Answer judged = model_answers(law, {}, {{planned.N.value, planned.D.value}})[0];
  CHECK(judged.optimal_for->value == Approx(3e12).epsilon(tolerance::kFirstOrder));
  CHECK(judged.loss.value == Approx(2.1).epsilon(tolerance::kClosedForm));
  CHECK(judged.overhead->value > 0);
}

TEST_CASE("At the optimum more parameters are worth as much as more passes over the tokens") {
  const FittedLaw law = published("muennighoff2023");
  PlanOptions options;
  options.held["unique_tokens"] = 25e9;
  double last = -1;
  for (const double C : {1e20, 1e21, 1e22, 1e23}) {
    const Answer at = training_answers(law, options, Given::cost, {C})[0];
    CHECK(at.worth->params == Approx(at.worth->repeats).epsilon(tolerance::kFirstOrder));
    // The more often tokens are seen, the more a new one is worth.
    CHECK(at.worth->unique >= last);
    last = at.worth->unique;
  }
}

TEST_CASE("What has no optimum is refused with advice") {
  const FittedLaw law = published("hoffmann2022");
  CHECK(refusal([&] { training_answers(law, {}, Given::loss, {1.5}); }).find("1.69337") !=
        std::string::npos);
  const auto refused = [](const char* name, const HeldInputs& held) {
    return refusal([&] { SurfaceProgram(find_law(name), held); });
  };
  CHECK(refused("kaplan_params", {}).find("tokens") != std::string::npos);
  CHECK(refused("accuracy_sigmoid", {}).find("predicts") != std::string::npos);
  CHECK(refused("moe_joint", {}).find("--input experts=VALUE") != std::string::npos);
  CHECK(refused("chinchilla", {{"experts", 8}}).find("does not read") != std::string::npos);
}

}  // namespace isoloss
