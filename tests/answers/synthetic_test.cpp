// Generated tokens: properties that hold for any law; tests/apart/synthetic_test.py has the keys.

#include "host/answers/optimum/synthetic.h"

#include <fmt/format.h>

#include <cmath>

#include "host/answers/optimum/optimum.h"
#include "tests/catch.h"
#include "tests/closed_form.h"
#include "tests/input_error.h"
#include "tests/planted_source.h"
#include "tests/tolerance.h"

namespace isoloss {
namespace {

// Of a stock that the budget would pass over many times.
SyntheticQuestion generating(double worth, double cost = 2e10, double budget = 1e23) {
  SyntheticQuestion out;
  out.generation = cost;
  out.worth = Uncertain{worth, {}};
  out.real_tokens = 25e9;
  out.budgets = {budget};
  return out;
}

constexpr const char* kLaws[] = {"besiroglu2024", "muennighoff2023"};

SyntheticAnswer corpus_of(const FittedLaw& law, const SyntheticQuestion& question) {
  return synthetic(law, question).answers.at(0);
}

SyntheticAnswer corpus_of(const char* law, double worth, double cost = 2e10, double budget = 1e23) {
  return corpus_of(published(law), generating(worth, cost, budget));
}

// The best plan of a larger stock.
Answer of_stock(const char* law, double tokens, double budget) {
  OptimumQuestion question;
  question.values = {budget};
  const FittedLaw own = published(law);
  if (own.law.reads(Input::U))
    question.plans.held[kUniqueTokens] = tokens;
  else
    question.plans.limits.max_tokens = tokens;
  return optimum(own, question).answers.at(0);
}

// Twenty draws whose data term weighs more and less.
FittedLaw with_draws(const char* name) {
  FittedLaw out = published(name);
  for (int i = 1; i <= 20; ++i) {
    out.thetas.push_back(out.thetas[0]);
    out.thetas.back()[2] *= 1 + 0.01 * (i - 10);  // B
  }
  return out;
}

}  // namespace

TEST_CASE("Generating never loses to generating nothing, and the budget pays for all of it") {
  for (const char* law : kLaws)
    for (const double worth : {0.05, 0.4, 1.0, 2.5}) {
      INFO(law << " " << worth);
      const SyntheticAnswer got = corpus_of(law, worth);
      const double G = got.generated.value;
      CHECK(got.loss.value <= got.without.loss.value);
      CHECK(is_near(6 * got.N.value * got.trained.value + 2e10 * G, 1e23));
      CHECK(is_near(got.trained.value, got.passes.value * (got.real.value + G)));
      CHECK(got.share.value == Approx(2e10 * G / 1e23));
      const Answer without = of_stock(law, 25e9, 1e23);
      CHECK(got.without.loss.value == without.loss.value);
      CHECK(is_near(got.without.N.value, without.N.value));
    }
}

TEST_CASE("What is cheaper or worth more never loses more") {
  for (const char* law : kLaws) {
    double last = INFINITY;
    for (const double cost : {1e13, 1e12, 1e11, 1e10, 0.0}) {
      const double own = corpus_of(law, 0.5, cost).loss.value;
      CHECK(own <= last * (1 + tolerance::kClosedForm));
      last = own;
    }
    last = INFINITY;
    for (const double worth : {0.1, 0.3, 0.7, 1.0, 1.5, 4.0}) {
      const double own = corpus_of(law, worth).loss.value;
      CHECK(own <= last * (1 + tolerance::kClosedForm));
      last = own;
    }
  }
}

TEST_CASE("From the break-even on generating pays, and not before") {
  for (const char* law : kLaws)
    for (const double budget : {1e21, 1e22, 1e24})
      for (const double cost : {1e9, 1.4e11}) {
        INFO(law << " " << budget << " " << cost);
        const double from = corpus_of(law, 1, cost, budget).break_even->value;
        REQUIRE(from > 0);
        REQUIRE(from < 50);
        CHECK(corpus_of(law, from * (1 - tolerance::kPrinted), cost, budget).generated.value == 0);
        CHECK(corpus_of(law, from * (1 + tolerance::kPrinted), cost, budget).generated.value > 0);
      }
}

TEST_CASE("Tokens that cost more than the budget are not generated, however it is rounded") {
  for (const double budget : {1e20, 1e22, 1e24})
    for (const double cost : {1e15, 1e17, 1e18, 1e19, 1e20, 1e21, 1e24, 1e300}) {
      INFO(budget << " " << cost);
      SyntheticQuestion question = generating(0.3, cost, budget);
      question.real_tokens = 100e9;
      const SyntheticAnswer got = corpus_of(published("besiroglu2024"), question);
      CHECK(got.generated.value == 0);
      CHECK(got.loss.value == got.without.loss.value);
      CHECK(got.break_even->value > 0.3);
      CHECK_FALSE(got.break_even->value < 1e-3 * cost / 1e15);
    }
}

TEST_CASE("A token as good as a real one that costs nothing is a larger stock") {
  for (const char* law : kLaws) {
    const SyntheticAnswer got = corpus_of(law, 1, 0);
    const double stock = got.real.value + got.generated.value;
    const Answer larger = of_stock(law, stock, 1e23);
    CHECK(got.loss.value == Approx(larger.loss.value).epsilon(tolerance::kClosedForm));
    // There is no more to gain from data.
    const Answer endless = of_stock(law, 1e17, 1e23);
    CHECK(got.loss.value == Approx(endless.loss.value).epsilon(tolerance::kClosedForm));
    CHECK(got.N.value == Approx(endless.N.value).epsilon(tolerance::kSearchedOptimum));
  }
}

TEST_CASE("The best number of generated tokens loses less than others near it") {
  for (const char* law : kLaws) {
    const SyntheticAnswer got = corpus_of(law, 0.6);
    REQUIRE(got.generated.value > 0);
    REQUIRE(got.curve_loss.size() > 10);
    for (const double own : got.curve_loss)
      CHECK(own >= got.loss.value * (1 - tolerance::kClosedForm));
  }
}

TEST_CASE("What is worth more than a real token takes its place") {
  const SyntheticAnswer got = corpus_of("besiroglu2024", 10, 1e9, 1e21);
  CHECK(got.real.value == 0);
  CHECK(got.loss.value < got.without.loss.value);
}

TEST_CASE("The largest model that may be is kept to, and what it leaves over buys data") {
  for (const char* law : kLaws) {
    SyntheticQuestion question = generating(0.6);
    question.plans.limits.max_params = 1e9;
    const SyntheticAnswer got = corpus_of(published(law), question);
    CHECK(got.end == PlanEnd::at_max_params);
    CHECK(is_near(got.N.value, 1e9));
    CHECK(got.loss.value < got.without.loss.value);
    CHECK(6 * got.N.value * got.trained.value + 2e10 * got.generated.value <=
          1e23 * (1 + tolerance::kClosedForm));
  }
}

TEST_CASE("Draws choose on their own, each with a worth of its own, whatever the threads") {
  SyntheticQuestion question = generating(0.4);
  question.worth->range = Interval{0.1, 1.0};
  for (const char* name : kLaws) {
    const FittedLaw law = with_draws(name);
    question.plans.num_threads = 1;
    const SyntheticAnswer got = corpus_of(law, question);
    REQUIRE(got.generated.interval);
    CHECK(got.generated.interval->lower < got.generated.interval->upper);
    REQUIRE(got.break_even->interval);
    CHECK(got.share_paying > 0);
    question.plans.num_threads = 2;
    const SyntheticAnswer again = corpus_of(law, question);
    CHECK(again.generated.interval->upper == got.generated.interval->upper);
    CHECK(again.loss.value == got.loss.value);
    CHECK(again.break_even->interval->lower == got.break_even->interval->lower);
  }
}

TEST_CASE("A worth with a range is sampled where the law has no draws, by its seed") {
  SyntheticQuestion question = generating(0.4);
  question.worth->range = Interval{0.1, 1.0};
  const FittedLaw law = published("besiroglu2024");
  const SyntheticAnswer got = corpus_of(law, question);
  REQUIRE(got.generated.interval);
  CHECK_FALSE(got.break_even->interval);  // the worth is not in it
  CHECK_FALSE(got.without.loss.interval);
  CHECK(corpus_of(law, question).loss.interval->upper == got.loss.interval->upper);
  question.seed = 2;
  CHECK(corpus_of(law, question).loss.interval->upper != got.loss.interval->upper);
  CHECK(got.share_paying > 0.9);
  question.worth->range.reset();
  CHECK_FALSE(corpus_of(law, question).loss.interval);
}

TEST_CASE("A law that reads how many tokens are generated says itself what they are worth") {
  // Runs of L = 1.8 + 480 / N^0.35 + 2000 / (D - 0.6 S)^0.36, of S generated tokens among D.
  std::string runs = "params,tokens,synthetic_tokens,loss\n";
  for (int i = 0; i < 80; ++i) {
    const double N = 1e8 * std::pow(3, i % 5), D = 1e9 * std::pow(4, i / 5 % 4);
    const double S = D * 0.2 * (i / 20);
    const double loss = 1.8 + 480 / std::pow(N, 0.35) + 2000 / std::pow(D - 0.6 * S, 0.36);
    runs += fmt::format("{},{},{},{:.17g}\n", N, D, S, loss * (1 + 1e-6 * (i % 3 - 1)));
  }
  FitOptions options;
  options.law = "E + A/N^alpha + B/(D - synthetic_tokens + 0.4*synthetic_tokens)^beta";
  options.num_resamples = 0;
  const FittedLaw law = fit(source_of(runs), options);
  SyntheticQuestion question = generating(0.4, 2e9, 1e22);
  const SyntheticAnswer as_worth = [&] {
    FitOptions plain = options;
    plain.law = "E + A/N^alpha + B/D^beta";
    FittedLaw own = fit(source_of(runs), plain);
    own.thetas[0] = law.theta();
    return corpus_of(own, question);
  }();
  question.worth.reset();
  const SyntheticAnswer got = corpus_of(law, question);
  CHECK_FALSE(got.break_even);
  CHECK(got.generated.value > 0);
  CHECK(got.loss.value == Approx(as_worth.loss.value).epsilon(tolerance::kClosedForm));
  CHECK(got.generated.value ==
        Approx(as_worth.generated.value).epsilon(tolerance::kSearchedOptimum));
  CHECK(got.real.value == Approx(question.real_tokens));
  question.worth = Uncertain{0.4, {}};
  CHECK(refusal([&] { synthetic(law, question); }).find("leave out --synthetic-worth") !=
        std::string::npos);
}

TEST_CASE("Nonsense about generated tokens is refused with advice") {
  const FittedLaw law = published("besiroglu2024");
  const auto message = [&](SyntheticQuestion question) {
    return refusal([&] { synthetic(law, question); });
  };
  SyntheticQuestion without = generating(0.5);
  without.worth.reset();
  CHECK(message(without).find("--synthetic-worth 0.3") != std::string::npos);
  CHECK(message(generating(101)).find("--synthetic-worth") != std::string::npos);
  SyntheticQuestion question = generating(0.5);
  question.budgets.clear();
  CHECK(message(question).find("for which budget?") != std::string::npos);
}

}  // namespace isoloss
