// The best pair of any two quantities of a law, under a cost that is written down.

#include "host/answers/optimum/best_pair.h"

#include <fmt/format.h>

#include <cmath>

#include "host/answers/optimum/optimum.h"
#include "tests/catch.h"
#include "tests/input_error.h"
#include "tests/planted_source.h"
#include "tests/tolerance.h"

namespace isoloss {
namespace {

// L = 1.5 + 30 / width^0.7 + 4 / depth^0.9 + 80 / D^0.3, a little noise on it.
std::string shapes() {
  std::string out = "width,depth,tokens,loss\n";
  for (int i = 0; i < 60; ++i) {
    const double width = 128 * std::pow(1.5, i % 6), depth = 2 + 3 * (i / 6 % 5);
    const double D = 1e9 * std::pow(3, i % 4);
    const double loss =
        1.5 + 30 / std::pow(width, 0.7) + 4 / std::pow(depth, 0.9) + 80 / std::pow(D, 0.3);
    out += fmt::format("{},{},{},{}\n", width, depth, D, loss * (1 + 1e-4 * (i % 3 - 1)));
  }
  return out;
}

FittedLaw fitted(const std::string& law, const std::string& csv, int num_resamples = 0) {
  FitOptions options;
  options.law = law;
  options.num_resamples = num_resamples;
  return fit(source_of(csv), options);
}

FittedLaw of_shapes(int num_resamples = 0) {
  return fitted("E + A/width^a + B/depth^b + G/D^g", shapes(), num_resamples);
}

double shown(const FittedLaw& law, int k) { return law.law.shown(k, law.theta()[k]); }

}  // namespace

TEST_CASE("Where the cost is 6 N D the best pair is the compute-optimal model") {
  const FittedLaw law = published("besiroglu2024");
  OptimumQuestion question;
  question.values = {1e21, 5.76e23};
  const Optimum classical = optimum(law, question);
  for (const char* cost : {"6*N*D", "C = 6 * params * tokens"}) {
    const BestPair got = best_pair(law, {cost, {}, question.values});
    CHECK(got.first.column == "params");
    for (std::size_t i = 0; i < got.answers.size(); ++i) {
      const Answer& expected = classical.answers[i];
      CHECK(got.answers[i].first.value == Approx(expected.N.value).epsilon(tolerance::kOptimum));
      CHECK(got.answers[i].second.value == Approx(expected.D.value).epsilon(tolerance::kOptimum));
      CHECK(got.answers[i].loss.value == Approx(expected.loss.value).epsilon(tolerance::kOptimum));
    }
  }
}

TEST_CASE("The best width and depth meet the condition of Lagrange, and cost the budget") {
  const FittedLaw law = of_shapes();
  const double tokens = 1e10, budget = 72 * 12 * 512.0 * 512 * tokens;
  const BestPair got = best_pair(law, {"72*depth*width^2*D", {{"tokens", tokens}}, {budget}});
  REQUIRE(got.outcome() == Outcome::sound);
  const PairAnswer& best = got.answers.at(0);
  const double width = best.first.value, depth = best.second.value;
  CHECK(72 * depth * width * width * tokens == Approx(budget).epsilon(tolerance::kOptimum));
  // A width costs twice its share of the log: a A / width^a = 2 b B / depth^b.
  const double of_width = shown(law, 1) * shown(law, 2) / std::pow(width, shown(law, 2));
  const double of_depth = shown(law, 3) * shown(law, 4) / std::pow(depth, shown(law, 4));
  CHECK(of_width == Approx(2 * of_depth).epsilon(tolerance::kOptimum));
}

TEST_CASE("A cost that is no product moves the best pair, and draws give it an interval") {
  const FittedLaw law = of_shapes(40);
  const PairQuestion question{"72*depth*width^2*D + 6e5*width*D", {{"tokens", 1e10}}, {3e18}};
  const BestPair got = best_pair(law, question);
  const PairAnswer& best = got.answers.at(0);
  REQUIRE(best.first.interval);
  CHECK(best.first.interval->lower < best.first.value);
  CHECK(best.first.interval->upper > best.first.value);
  const double width = best.first.value;
  for (const double factor : {0.97, 1.03}) {
    const double other = factor * width;
    const double depth = (3e18 / 1e10 - 6e5 * other) / (72 * other * other);
    const double loss = shown(law, 0) + shown(law, 1) / std::pow(other, shown(law, 2)) +
                        shown(law, 3) / std::pow(depth, shown(law, 4)) +
                        shown(law, 5) / std::pow(1e10, shown(law, 6));
    CHECK(loss > best.loss.value);
  }
  PairQuestion on_one = question;
  on_one.num_threads = 1;
  CHECK(best_pair(law, on_one).answers[0].first.interval->lower == best.first.interval->lower);
}

TEST_CASE("What cannot be a pair or a cost is refused with advice") {
  const FittedLaw law = of_shapes();
  const auto asked = [&](const std::string& cost, const HeldInputs& held, double budget = 1e20) {
    return refusal([&] { best_pair(law, {cost, held, {budget}}); });
  };
  const HeldInputs tokens{{"tokens", 1e10}};
  CHECK(asked("6*width*depth", {}).find("width, depth, tokens") != std::string::npos);
  CHECK(asked("6*width*D", tokens).find("does not rise with") != std::string::npos);
  CHECK(asked("6*width*height*depth", tokens).find("--input height=VALUE") != std::string::npos);
  CHECK(asked("6*width*depth", {{"tokens", 1e10}, {"tokns", 1}}).find("reads \"tokns\"") !=
        std::string::npos);
  CHECK(asked("6*width/depth", tokens).find("must rise with both") != std::string::npos);
  CHECK(asked("6*width*depth", tokens, 2).find("must rise with both") != std::string::npos);
  CHECK(asked("6*width*(", tokens).find("--compute-formula") != std::string::npos);
}

TEST_CASE("A law that falls with one quantity alone has no best pair") {
  const FittedLaw law = fitted("E + A/width^a + 0*depth", shapes());
  const BestPair got = best_pair(law, {"6*width*depth", {}, {1e9}});
  CHECK(got.answers.at(0).is_none);
  CHECK(got.outcome() == Outcome::none);
}

}  // namespace isoloss
