// The cost of training fitted to recorded FLOP, and the optimum that it moves.

#include "host/answers/optimum/compute_cost.h"

#include <fmt/format.h>

#include <cmath>

#include "host/answers/optimum/optimum.h"
#include "tests/catch.h"
#include "tests/input_error.h"
#include "tests/planted_source.h"
#include "tests/simulated.h"
#include "tests/tolerance.h"

namespace isoloss {
namespace {

constexpr double kCoefficient = 20, kNPower = 0.95, kDPower = 1.02;

// A law of two terms without noise; flops as recorded, or none.
std::string csv(bool has_flops, bool has_ratio = false) {
  std::string out = has_flops ? "params,tokens,flops,loss\n" : "params,tokens,loss\n";
  for (int i = 0; i < 40; ++i) {
    const double N = 1e8 * std::pow(1.5, i % 8);
    const double D = has_ratio ? 20 * N : 2e9 * std::pow(2.5, i / 8);
    const std::string flops =
        has_flops ? fmt::format("{},", kCoefficient * std::pow(N, kNPower) * std::pow(D, kDPower))
                  : "";
    out += fmt::format("{},{},{}{}\n", N, D, flops, TrueLaw{}.loss(N, D) * (1 + 1e-4 * (i % 3)));
  }
  return out;
}

FittedLaw fitted(const std::string& text) {
  FitOptions options;
  options.num_resamples = 0;
  RunSource source = source_of(text);
  return fit(source, options);
}

OptimumQuestion asked(double budget) {
  OptimumQuestion out;
  out.values = {budget};
  out.has_recorded_cost = true;
  return out;
}

}  // namespace

TEST_CASE("A planted cost of compute is found again, and budgets are in it") {
  const FittedLaw law = fitted(csv(true));
  const Optimum got = optimum(law, asked(1e22));
  REQUIRE(got.cost);
  CHECK(got.cost->cost.train == Approx(kCoefficient).epsilon(tolerance::kSameRefit));
  CHECK(got.cost->cost.N_power == Approx(kNPower).epsilon(tolerance::kSameRefit));
  CHECK(got.cost->cost.D_power == Approx(kDPower).epsilon(tolerance::kSameRefit));
  CHECK(got.cost->rms_log < tolerance::kSameRefit);
  const Answer& best = got.answers.at(0);
  CHECK(best.flops.value == Approx(1e22).epsilon(tolerance::kClosedForm));
  CHECK(got.cost->cost(best.N.value, best.D.value) == Approx(1e22).epsilon(tolerance::kClosedForm));
  CHECK(*best.extrapolation == Approx(1e22 / *law.largest_flops));
}

TEST_CASE("No other model of the same recorded cost loses less") {
  const FittedLaw law = fitted(csv(true));
  const Optimum got = optimum(law, asked(1e22));
  const Answer& best = got.answers.at(0);
  const Cost& cost = got.cost->cost;
  for (const double factor : {0.5, 0.98, 1.02, 2.0}) {
    const double N = factor * best.N.value;
    const double D = std::pow(1e22 / cost.train / std::pow(N, cost.N_power), 1 / cost.D_power);
    CHECK(model_answers(law, {}, {{N, D}}).at(0).loss.value > best.loss.value);
  }
  for (const FlatRange& range : best.flat_ranges)
    for (const auto& [N, D] : {std::pair{range.least_N.value, range.most_D.value},
                               {range.most_N.value, range.least_D.value}}) {
      CHECK(cost(N, D) == Approx(1e22).epsilon(tolerance::kClosedForm));
      CHECK(model_answers(law, {}, {{N, D}}).at(0).loss.value ==
            Approx(best.loss.value * (1 + range.share)).epsilon(tolerance::kClosedForm));
    }
}

TEST_CASE("Asked the other way round, recorded costs give the same plan") {
  const FittedLaw law = fitted(csv(true));
  const Answer best = optimum(law, asked(1e22)).answers.at(0);
  OptimumQuestion question = asked(best.N.value);
  question.given = Given::params;
  CHECK(optimum(law, question).answers.at(0).flops.value ==
        Approx(1e22).epsilon(tolerance::kSameRefit));
}

TEST_CASE("A cost of compute is refused where no runs tell it, and beside serving") {
  const auto said = [](const FittedLaw& law, const OptimumQuestion& question) {
    return refusal([&] { optimum(law, question); });
  };
  CHECK(said(fitted(csv(false)), asked(1e22)).find("no column of flops") != std::string::npos);
  CHECK(said(published("besiroglu2024"), asked(1e22)).find("needs runs") != std::string::npos);
  CHECK(said(fitted(csv(true, true)), asked(1e22)).find("vary together") != std::string::npos);
  OptimumQuestion serving = asked(1e22);
  serving.kind = QuestionKind::serving;
  serving.demands = {{1e12, 0}};
  CHECK(said(fitted(csv(true)), serving).find("nothing of serving") != std::string::npos);
}

}  // namespace isoloss
