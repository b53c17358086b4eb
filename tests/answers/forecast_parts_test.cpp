// Forecasts with hardware and algorithms apart, under limits, with bits as a choice, and several
// side by side.

#include <cmath>

#include "host/answers/forecast/forecast.h"
#include "tests/catch.h"
#include "tests/closed_form.h"
#include "tests/has_warning.h"
#include "tests/tolerance.h"

namespace isoloss {
namespace {

ForecastQuestion grown(double growth, int num_years = 4) {
  ForecastQuestion out;
  out.assumptions.compute.value = 1e24;
  out.assumptions.growth.first.value = growth;
  out.assumptions.num_years = num_years;
  return out;
}

Forecast by_besiroglu(const ForecastQuestion& question) {
  return forecast(published("besiroglu2024"), question);
}

}  // namespace

TEST_CASE("Spending, hardware and algorithms multiply") {
  ForecastQuestion apart = grown(2);
  apart.assumptions.hardware = Growth{{1.4, {}}};
  apart.assumptions.algorithms = Growth{{3, {}}};
  const Forecast got = by_besiroglu(apart);
  const Forecast together = by_besiroglu(grown(2 * 1.4 * 3));
  for (std::size_t i = 0; i < got.years.size(); ++i) {
    const double years = got.years[i].years;
    CHECK(is_near(got.years[i].spent->value, 1e24 * std::pow(2, years)));
    CHECK(is_near(got.years[i].compute.value, 1e24 * std::pow(2.8, years)));
    CHECK(is_near(got.years[i].effective.value, 1e24 * std::pow(8.4, years)));
    CHECK(is_near(got.years[i].N.value, together.years[i].N.value));
    CHECK(is_near(got.years[i].loss.value, together.years[i].loss.value));
  }
}

TEST_CASE("The year of an amount of compute is that of FLOP that are run, whoever pays for them") {
  ForecastQuestion question = grown(2, 10);
  question.untils = {{UntilKind::compute, 1e27}};
  question.assumptions.algorithms = Growth{{10, {}}};
  CHECK(is_near(by_besiroglu(question).untils[0].stated, std::log(1e3) / std::log(2)));
  question.assumptions.hardware = Growth{{1.5, {}}};
  CHECK(is_near(by_besiroglu(question).untils[0].stated, std::log(1e3) / std::log(3)));
}

TEST_CASE("Samples of hardware and of algorithms are drawn apart from each other") {
  ForecastQuestion question = grown(2);
  question.assumptions.hardware = Growth{{1.4, Interval{1.2, 1.6}}};
  question.assumptions.algorithms = Growth{{3, {}}};
  const Forecast hardware = by_besiroglu(question);
  CHECK(!hardware.years[4].spent->interval);
  REQUIRE(hardware.years[4].compute.interval);
  question.assumptions.algorithms->first.range = Interval{2, 4};
  const Forecast both = by_besiroglu(question);
  // The same samples of the hardware, whatever else is not known.
  CHECK(both.years[4].compute.interval->lower == hardware.years[4].compute.interval->lower);
  const auto log_width = [](const Estimate& own) {
    return std::log(own.interval->upper / own.interval->lower);
  };
  const double alone = log_width(hardware.years[4].effective);
  const double wider = log_width(both.years[4].effective);
  // Independent widths add in squares, and together they would add as they are.
  const double algorithms = 4 * std::log(2);
  CHECK(wider > alone);
  CHECK(wider < alone + algorithms);
}

TEST_CASE("A limit holds the model of every year, which then trains on more tokens") {
  ForecastQuestion question = grown(10);
  const Forecast free = by_besiroglu(question);
  question.plans.limits.max_params = 200e9;
  const Forecast held = by_besiroglu(question);
  bool is_held = false;
  for (std::size_t i = 0; i < held.years.size(); ++i) {
    const ForecastYear &own = held.years[i], &other = free.years[i];
    is_held = other.N.value > 200e9;
    CHECK(is_near(own.N.value, std::fmin(200e9, other.N.value)));
    CHECK(is_near(own.N.value * own.D.value * 6, own.compute.value));
    CHECK((own.end == PlanEnd::at_max_params) == is_held);
    CHECK((is_held ? own.loss.value > other.loss.value : own.loss.value == other.loss.value));
  }
  CHECK(is_held);
}

TEST_CASE("The bits of a year are those of the optimum of its budget") {
  const FittedLaw law = published("kumar2024");
  ForecastQuestion question = grown(10, 2);
  question.assumptions.compute.value = 1e20;
  question.bits = {16, 8, 4};
  const Forecast got = forecast(law, question);
  for (const ForecastYear& year : got.years) {
    OptimumQuestion own;
    own.values = {year.effective.value};
    own.bits = question.bits;
    const Answer best = optimum(law, own).answers.at(0);
    REQUIRE(year.bits);
    CHECK(year.bits->bits.training == best.bits->bits.training);
    CHECK(year.bits->bits.post == best.bits->bits.post);
    CHECK(is_near(year.N.value, best.N.value));
    CHECK(is_near(year.loss.value, best.loss.value));
  }
  ForecastQuestion wide = question;
  wide.bits = {16};
  for (std::size_t i = 0; i < got.years.size(); ++i)
    CHECK(got.years[i].loss.value <= forecast(law, wide).years[i].loss.value);
}

TEST_CASE("Scenarios end as the worst of them, and warn of each kind once") {
  FittedLaw law = published("besiroglu2024");
  law.largest_flops = 1e22;
  Scenarios got;
  for (const double growth : {2.0, 10.0})
    got.scenarios.push_back({"own", "", forecast(law, grown(growth))});
  REQUIRE(got.warnings().size() == 1);
  CHECK(got.warnings()[0].text == got.scenarios[1].forecast.warnings[0].text);
  CHECK(got.outcome() == Outcome::sound);
  got.scenarios[0].forecast.status = Status::not_converged;
  CHECK(got.outcome() == Outcome::unsound);
}

}  // namespace isoloss
