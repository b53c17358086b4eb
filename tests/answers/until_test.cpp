// When something happens: closed forms of the chinchilla law, and properties that hold for any.

#include "host/answers/forecast/until.h"

#include <algorithm>
#include <cmath>

#include "host/answers/forecast/forecast.h"
#include "tests/catch.h"
#include "tests/closed_form.h"
#include "tests/input_error.h"
#include "tests/tolerance.h"

namespace isoloss {
namespace {

constexpr double kBudget = 1e24;

ForecastQuestion waiting_for(std::vector<Until> untils) {
  ForecastQuestion out;
  out.assumptions.compute.value = kBudget;
  out.assumptions.growth.first.value = 4;
  out.assumptions.num_years = 5;
  out.untils = std::move(untils);
  return out;
}

std::vector<UntilYears> years_of(const ForecastQuestion& question) {
  return forecast(published("besiroglu2024"), question).untils;
}

// The least loss of a budget.
Answer best_of(double flops) {
  return training_answers(published("besiroglu2024"), {}, Given::cost, {flops}).at(0);
}

double years_to_flops(double flops) { return std::log(flops / kBudget) / std::log(4.0); }

}  // namespace

TEST_CASE("Compute, a loss, a size and tokens are reached when their budget is") {
  const double flops = 3e26;
  const Answer best = best_of(flops);
  const auto got = years_of(waiting_for({{UntilKind::compute, flops},
                                         {UntilKind::loss, best.loss.value},
                                         {UntilKind::params, best.N.value},
                                         {UntilKind::tokens, best.D.value}}));
  REQUIRE(got.size() == 4);
  for (const UntilYears& own : got) {
    INFO(name_of(own.until.kind));
    CHECK(is_near(own.stated, years_to_flops(flops)));
    CHECK(!own.at_shares);
  }
}

TEST_CASE("What is so in the first year has happened, and a loss below the least never does") {
  const auto got = years_of(waiting_for({{UntilKind::compute, kBudget},
                                         {UntilKind::loss, best_of(kBudget / 2).loss.value},
                                         {UntilKind::loss, 1.8},
                                         {UntilKind::compute, 1e95}}));
  CHECK(got[0].stated == 0);
  CHECK(got[1].stated == 0);
  CHECK(std::isinf(got[2].stated));
  CHECK(std::isinf(got[3].stated));
}

TEST_CASE("Efficiency brings a loss nearer, and no FLOP") {
  ForecastQuestion question =
      waiting_for({{UntilKind::compute, 3e26}, {UntilKind::loss, best_of(3e26).loss.value}});
  question.assumptions.efficiency = Growth{{2, {}}};
  const auto got = years_of(question);
  CHECK(is_near(got[0].stated, years_to_flops(3e26)));
  CHECK(is_near(got[1].stated, std::log(300.0) / std::log(8.0)));
}

TEST_CASE("The stock is what data bind at, and beside it a loss is reached no earlier") {
  ForecastQuestion question =
      waiting_for({{UntilKind::stock, 0}, {UntilKind::loss, best_of(1e28).loss.value}});
  question.assumptions.unique_tokens = Uncertain{30e12, Interval{20e12, 60e12}};
  question.assumptions.growth.first.range = Interval{3, 5};
  const Forecast got = forecast(published("besiroglu2024"), question);
  REQUIRE(got.untils.size() == 3);
  CHECK(got.untils[0].stated == got.binding->years.value);
  CHECK(*got.untils[0].share_by_end == *got.binding->share_by_end);
  const UntilYears &as_best = got.untils[1], &once = got.untils[2];
  CHECK(once.seen == TokensSeen::once);
  CHECK(once.stated > as_best.stated);
  for (std::size_t i = 0; i < kUntilShares.size(); ++i)
    CHECK((*once.at_shares)[i] >= (*as_best.at_shares)[i]);
  CHECK(*once.share_never >= *as_best.share_never);
}

TEST_CASE("Repetition reaches a loss no later than doing without, and no earlier than new tokens") {
  ForecastQuestion question = waiting_for({{UntilKind::loss, 2.1}});
  question.assumptions.unique_tokens = Uncertain{1e12, {}};
  const FittedLaw law = published("muennighoff2023");
  const auto got = forecast(law, question).untils;
  REQUIRE(got.size() == 2);
  CHECK(got[1].seen == TokensSeen::repeated);
  CHECK(got[1].stated >= got[0].stated);
}

TEST_CASE("The years at shares of the samples are those of the growth's distribution") {
  ForecastQuestion question = waiting_for({{UntilKind::compute, 1e27}});
  question.assumptions.growth.first.range = Interval{3, 4 * 4 / 3.0};
  const auto got = years_of(question);
  const auto& years = *got[0].at_shares;
  CHECK(std::is_sorted(years.begin(), years.end()));
  // Deviates of 10, 25, 50, 75 and 90 % of the growth, over that of the ends of a range.
  const double deviates[] = {1.2815516, 0.6744898, 0, -0.6744898, -1.2815516};
  for (std::size_t i = 0; i < years.size(); ++i) {
    const double growth = std::log(4.0) + deviates[i] / 1.6448536 * std::log(4 / 3.0);
    const double width = std::log(1000.0) / std::log(3.0) - std::log(1000.0) / std::log(16 / 3.0);
    CHECK(std::fabs(years[i] - std::log(1000.0) / growth) < tolerance::kIntervalEndShare * width);
  }
  CHECK(*got[0].share_never == 0);
}

TEST_CASE("A growth that changes goes on from what was reached") {
  ForecastQuestion question =
      waiting_for({{UntilKind::compute, kBudget * 64 * 2}, {UntilKind::compute, kBudget * 1000}});
  question.assumptions.growth.later = {{3, {2, {}}}, {10, {0.5, {}}}};
  const Forecast got = forecast(published("besiroglu2024"), question);
  CHECK(is_near(got.years[3].compute.value, kBudget * 64));
  CHECK(is_near(got.years[5].compute.value, kBudget * 256));
  CHECK(is_near(got.untils[0].stated, 4));
  CHECK(is_near(got.untils[1].stated, 3 + std::log2(1000 / 64.0)));
}

TEST_CASE("What was reached before growth turned back counts from then") {
  ForecastQuestion question =
      waiting_for({{UntilKind::compute, kBudget * 16}, {UntilKind::compute, kBudget * 100}});
  question.assumptions.growth.later = {{3, {0.5, {}}}};
  const auto got = years_of(question);
  CHECK(is_near(got[0].stated, 2));
  CHECK(std::isinf(got[1].stated));
}

TEST_CASE("What is waited for has a name and a value") {
  CHECK(parse_until("loss=1.85").value == 1.85);
  CHECK(parse_until("params=10T").value == 10e12);
  CHECK(parse_until("tokens-needed=stock").kind == UntilKind::stock);
  const struct {
    const char* text;
    const char* says;
  } refused[] = {{"loss", "does not say which value; write loss=1.85"},
                 {"loss=", "no number above 0"},
                 {"loss=-1", "no number above 0: \"-1\""},
                 {"compute=stock", "no number above 0: \"stock\""},
                 {"agi=1", "nothing that is known: \"agi\""}};
  for (const auto& [text, says] : refused) {
    const std::string message = refusal([&, own = text] { parse_until(own); });
    INFO(text << ": " << message);
    CHECK(message.find(says) != std::string::npos);
    CHECK(message.find("--until") != std::string::npos);
  }
  CHECK(refusal([] {
          years_of(waiting_for({{UntilKind::stock, 0}}));
        }).find("of which stock?") != std::string::npos);
}

}  // namespace isoloss
