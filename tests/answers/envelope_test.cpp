#include "host/answers/envelope/envelope.h"

#include <fmt/format.h>

#include <cmath>

#include "host/report/envelope.h"
#include "tests/catch.h"
#include "tests/input_error.h"
#include "tests/planted_source.h"
#include "tests/simulated.h"

namespace isoloss {
namespace {

// Training curves of a law of two terms: sizes sqrt(2) apart, each trained for 1 to 500 tokens a
// parameter. `late`: relative, what a decaying learning rate has yet to lower at the beginning of a
// run, nothing at its end.
struct EnvelopeRuns {
  TrueLaw law;
  int num_sizes = 14;
  double sd = 0;  // of log L
  double late = 0;

  std::string csv() const {
    std::string out = "run,params,tokens,loss\n";
    std::uint32_t index = 0;
    for (int i = 0; i < num_sizes; ++i)
      for (int j = 0; j < 60; ++j) {
        const double N = 1e8 * std::pow(2, i / 2.0);
        const double D = N * std::pow(10, 2.7 * j / 59);
        const double share = std::pow(10, 2.7 * (j - 59) / 59);
        const double noise = sd == 0 ? 0 : sd * normal(13, 0, index++);
        out += fmt::format("r{},{},{},{}\n", i, N, D,
                           law.loss(N, D) * (1 + late * (1 - share)) * std::exp(noise));
      }
    return out;
  }
};

EnvelopeQuestion asked(int num_resamples) {
  EnvelopeQuestion out;
  out.num_resamples = num_resamples;
  out.budgets = {1e20};
  return out;
}

const double kTrueExponent = TrueLaw{}.beta / (TrueLaw{}.alpha + TrueLaw{}.beta);

}  // namespace

TEST_CASE("The envelope of dense curves has the exponents of the law behind them") {
  const Envelope got = envelope(source_of(EnvelopeRuns{}.csv()), asked(0));
  CHECK(got.N.exponent.value == Approx(kTrueExponent).margin(0.01));
  CHECK(got.N.exponent.value + got.D.exponent.value == Approx(1));
  CHECK(got.num_sizes == 12);
  CHECK(got.outcome() == Outcome::sound);
  CHECK(!got.N.exponent.interval);
  // N_opt = (alpha A / (beta B))^(1 / (alpha + beta)) (C / 6)^a, up to half a step of sizes.
  const TrueLaw law;
  const double best = std::pow(law.alpha * law.A / (law.beta * law.B), 1 / (law.alpha + law.beta)) *
                      std::pow(1e20 / 6, kTrueExponent);
  CHECK(got.plans[0].params.value == Approx(best).epsilon(0.1));
  CHECK(6 * got.plans[0].params.value * got.plans[0].tokens.value == Approx(1e20));
}

TEST_CASE("Intervals of an envelope are of whole runs drawn anew") {
  EnvelopeRuns design;
  design.sd = 0.002;
  const Envelope got = envelope(source_of(design.csv()), asked(200));
  REQUIRE(got.N.exponent.interval);
  CHECK(got.N.exponent.interval->lower < kTrueExponent);
  CHECK(got.N.exponent.interval->upper > kTrueExponent);
  const Envelope again = envelope(source_of(design.csv()), asked(200));
  CHECK(again.N.exponent.interval->lower == got.N.exponent.interval->lower);
  // Three sizes inside, of which most resamples leave one or none.
  design.num_sizes = 4;
  const Envelope few = envelope(source_of(design.csv()), asked(200));
  CHECK(few.share_without > 0.5);
  CHECK(!few.N.exponent.interval);
  CHECK(few.outcome() == Outcome::unsound);
}

TEST_CASE("Where the smallest or the largest size is the best, a point says nothing") {
  const Envelope got = envelope(source_of(EnvelopeRuns{}.csv()), asked(0));
  CHECK(got.runs.front().num_points == 0);
  CHECK(got.runs.back().num_points == 0);
  CHECK(got.runs.front().from > 0);
  CHECK(got.num_at_edge > 0);
  std::size_t sum = 0;
  for (const EnvelopeRun& own : got.runs) sum += own.num_points;
  CHECK(sum == got.num_used);
  CHECK(got.num_alone > 0);
  CHECK(got.num_used + got.num_at_edge + got.num_alone ==
        static_cast<std::size_t>(got.question.num_points));
}

TEST_CASE("A budget far beyond the curves is an extrapolation") {
  EnvelopeQuestion question = asked(0);
  question.budgets = {1e26};
  const Envelope got = envelope(source_of(EnvelopeRuns{}.csv()), question);
  REQUIRE_FALSE(got.warnings.empty());
  CHECK(got.warnings.back().name == "extrapolation");
}

TEST_CASE("The power laws of an envelope stand in its CSV") {
  std::string csv;
  for (const Section& section :
       describe_envelope(envelope(source_of(EnvelopeRuns{}.csv()), asked(0))).sections)
    for (const Block& block : section.blocks)
      if (const auto* table = std::get_if<Table>(&block))
        for (const Cells& row : table->rows) csv += row.front().text + "\n";
  CHECK(csv.find("N ~ C^a\nD ~ C^b\n") != std::string::npos);
}

TEST_CASE("An envelope of unfinished runs says so") {
  EnvelopeRuns design;
  design.late = 0.05;
  const Envelope got = envelope(source_of(design.csv()), asked(0));
  CHECK(got.share_unfinished > 0.9);
  REQUIRE(got.warnings.size() == 1);
  CHECK(got.warnings[0].name == "unfinished_schedules");
}

TEST_CASE("Curves that make no envelope are refused") {
  const auto refused = [](const std::string& csv) {
    return refusal([&] { envelope(source_of(csv), asked(0)); });
  };
  EnvelopeRuns design;
  design.num_sizes = 2;
  CHECK(refused(design.csv()).find("2 sizes make no envelope") != std::string::npos);
  design.num_sizes = 3;
  CHECK(refused(design.csv()).find("1 size is the best between") != std::string::npos);
  CHECK(refused(EnvelopeRuns{}.csv() + "new,5e9,1e10,3\n")
            .find("new has 1 row, too few for a curve") != std::string::npos);
  CHECK(refused(EnvelopeRuns{}.csv() + "r1,5e9,1e10,3\n").find("r1 is of several sizes") !=
        std::string::npos);
}

}  // namespace isoloss
