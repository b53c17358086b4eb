// The years ahead: closed forms of the chinchilla law, and properties that hold for any.

#include "host/answers/forecast/forecast.h"

#include <cmath>

#include "host/report/forecast.h"
#include "tests/catch.h"
#include "tests/closed_form.h"
#include "tests/input_error.h"
#include "tests/tolerance.h"

namespace isoloss {
namespace {

// Of besiroglu2024 in fits/recipes.toml.
constexpr double kE = 1.8172, kA = 482.01, kB = 2085.43, kAlpha = 0.3478, kBeta = 0.3658;

FittedLaw besiroglu() { return published("besiroglu2024"); }

double chinchilla_loss(double N, double D) {
  return kE + kA / std::pow(N, kAlpha) + kB / std::pow(D, kBeta);
}

// Tokens of the compute-optimal model.
double chinchilla_tokens(double flops) {
  const double G = std::pow(kAlpha * kA / (kBeta * kB), 1 / (kAlpha + kBeta));
  return std::pow(flops / 6, kAlpha / (kAlpha + kBeta)) / G;
}

// 5.76e23 FLOP, 4x a year, 30T tokens.
Assumptions plain(int num_years = 6) {
  Assumptions out;
  out.compute.value = 5.76e23;
  out.growth.first.value = 4;
  out.unique_tokens = Uncertain{30e12, {}};
  out.num_years = num_years;
  return out;
}

Forecast of(const Assumptions& assumptions, const FittedLaw& law = besiroglu()) {
  return forecast(law, {assumptions, {}, {}, {}, {}, {}});
}

double width(const Estimate& estimate) {
  REQUIRE(estimate.interval);
  return estimate.interval->upper - estimate.interval->lower;
}

// Years until the optimum asks for `stock` tokens, where compute grows by `growth` and the stock by
// `data_growth` a year.
double years_to(double stock, double growth, double data_growth = 1) {
  const double rate = kAlpha / (kAlpha + kBeta) * std::log(growth) - std::log(data_growth);
  return std::log(stock / chinchilla_tokens(5.76e23)) / rate;
}

}  // namespace

TEST_CASE("Where nothing grows all years are the first") {
  Assumptions still = plain();
  still.growth.first.value = 1;
  const Forecast out = of(still);
  for (const ForecastYear& year : out.years) {
    CHECK(year.N.value == out.years[0].N.value);
    CHECK(year.D.value == out.years[0].D.value);
    CHECK(year.loss.value == out.years[0].loss.value);
    CHECK(!year.loss.interval);
  }
  CHECK(std::isinf(out.binding->years.value));
}

TEST_CASE("The chinchilla optimum follows its power laws through the years") {
  Assumptions assumptions = plain();
  assumptions.efficiency = Growth{{1.5, {}}};
  const Forecast out = of(assumptions);
  REQUIRE(out.years.size() == 7);
  for (const ForecastYear& year : out.years) {
    const double flops = 5.76e23 * std::pow(4 * 1.5, year.years);
    const double D = chinchilla_tokens(flops);
    INFO("year " << year.years);
    CHECK(is_near(year.compute.value, 5.76e23 * std::pow(4, year.years)));
    CHECK(is_near(year.effective.value, flops));
    CHECK(is_near(year.D.value, D));
    CHECK(is_near(year.N.value, flops / 6 / D));
    CHECK(is_near(year.loss.value, chinchilla_loss(flops / 6 / D, D)));
  }
}

TEST_CASE("Data bind in the year of the closed form, and then cost what it says") {
  Assumptions assumptions = plain(8);
  assumptions.data_growth = Growth{{1.1, {}}};
  const Forecast out = of(assumptions);
  const double binding = years_to(30e12, 4, 1.1);
  REQUIRE(binding > 1);
  REQUIRE(binding < 7);
  CHECK(is_near(out.binding->years.value, binding));
  for (const ForecastYear& year : out.years) {
    const double stock = 30e12 * std::pow(1.1, year.years);
    INFO("year " << year.years);
    CHECK(is_near(year.data->stock.value, stock));
    CHECK((year.data->asked.value > 1) == (year.years > binding));
    if (year.years < binding) {
      CHECK(year.data->cost_once.value == 0);
      CHECK(is_near(year.data->params_once.value, year.N.value));
      continue;
    }
    const double N = year.effective.value / 6 / stock;
    CHECK(is_near(year.data->params_once.value, N));
    CHECK(is_near(year.data->loss_once.value, chinchilla_loss(N, stock)));
    CHECK(year.data->cost_once.value == year.data->loss_once.value - year.loss.value);
    CHECK(year.data->cost_once.value > 0);
  }
}

TEST_CASE("A stock that binds from the first year on, or in no year, says so") {
  Assumptions assumptions = plain();
  assumptions.unique_tokens->value = 1e9;
  CHECK(of(assumptions).binding->years.value == 0);
  assumptions.unique_tokens->value = 30e12;
  assumptions.data_growth = Growth{{4, {}}};
  CHECK(std::isinf(of(assumptions).binding->years.value));
  // Tokens grow 1.97x a year with compute that grows 4x, 1.71x with 3x.
  assumptions.data_growth = Growth{{1.8, {}}};
  assumptions.growth.first.range = Interval{3, 5};
  const Binding some = *of(assumptions).binding;
  CHECK(is_near(some.years.value, years_to(30e12, 4, 1.8)));
  REQUIRE(some.years.interval);
  CHECK(std::isfinite(some.years.interval->lower));
  CHECK(std::isinf(some.years.interval->upper));
}

TEST_CASE("The interval of the year in which data bind comes from the range of the growth") {
  Assumptions assumptions = plain();
  assumptions.growth.first.range = Interval{3, 5};
  FittedLaw law = besiroglu();
  law.confidence = kRangeProbability;
  const Binding binding = *of(assumptions, law).binding;
  const double early = years_to(30e12, 5), late = years_to(30e12, 3);
  const double allowed = tolerance::kIntervalEndShare * (late - early);
  CHECK(is_near(binding.years.value, years_to(30e12, 4)));
  REQUIRE(binding.years.interval);
  CHECK(std::fabs(binding.years.interval->lower - early) < allowed);
  CHECK(std::fabs(binding.years.interval->upper - late) < allowed);
  CHECK(*binding.share_by_end > 0.5);
}

TEST_CASE("Repetition costs less than doing without, and nothing before data bind") {
  const FittedLaw law = published("muennighoff2023");
  for (const ForecastYear& year : of(plain(8), law).years) {
    INFO("year " << year.years);
    const DataYear& data = *year.data;
    REQUIRE(data.cost_repeated);
    if (data.asked.value <= 1) {
      CHECK(data.cost_repeated->value == 0);
      continue;
    }
    CHECK(data.cost_repeated->value > 0);
    CHECK(data.cost_repeated->value < data.cost_once.value);
    CHECK(data.tokens_repeated->value > data.stock.value);
    CHECK(data.loss_repeated->value - data.cost_repeated->value == Approx(year.loss.value));
  }
}

TEST_CASE("Intervals widen with the range, and from year to year") {
  Assumptions narrow = plain(), wide = plain();
  narrow.growth.first.range = Interval{3, 5};
  wide.growth.first.range = Interval{2, 8};
  const Forecast a = of(narrow), b = of(wide);
  CHECK(!a.years[0].N.interval);
  CHECK(!a.years[0].loss.interval);
  for (std::size_t t = 1; t < a.years.size(); ++t) {
    CHECK(width(b.years[t].N) > width(a.years[t].N));
    CHECK(width(b.years[t].loss) > width(a.years[t].loss));
    CHECK(b.years[t].compute.interval->upper > a.years[t].compute.interval->upper);
    CHECK(b.years[t].compute.interval->lower < a.years[t].compute.interval->lower);
    if (t > 1) CHECK(width(a.years[t].N) > width(a.years[t - 1].N));
    CHECK(a.years[t].N.value == b.years[t].N.value);
  }
  CHECK(width(b.binding->years) > width(a.binding->years));
}

TEST_CASE("Without ranges a forecast is the optimum of every budget, intervals included") {
  FittedLaw law = besiroglu();
  for (int i = 1; i < 40; ++i) {
    law.thetas.push_back(law.thetas[0]);
    law.thetas.back()[3] *= 1 + 0.001 * i;  // alpha
  }
  Assumptions assumptions = plain(2);
  const Forecast out = of(assumptions, law);
  CHECK(out.num_samples == 39);
  for (const ForecastYear& year : out.years) {
    const Answer answer = training_answers(law, {}, Given::cost, {year.effective.value}).at(0);
    CHECK(year.N.value == answer.N.value);
    REQUIRE(year.N.interval);
    CHECK(year.N.interval->lower == answer.N.interval->lower);
    CHECK(year.loss.interval->upper == answer.loss.interval->upper);
  }
  assumptions.growth.first.range = Interval{3.9, 4.1};
  CHECK(width(of(assumptions, law).years[2].N) > width(out.years[2].N));
}

TEST_CASE("A forecast has the same digits for any number of threads, others for another seed") {
  const FittedLaw law = besiroglu();
  ForecastQuestion question;
  question.assumptions = plain(2);
  question.assumptions.growth.first.range = Interval{3, 5};
  question.assumptions.unique_tokens->range = Interval{10e12, 100e12};
  const auto json = [&](int num_threads, std::uint64_t seed) {
    question.plans.num_threads = num_threads;
    question.sampling.seed = seed;
    return forecast_json(law, forecast(law, question));
  };
  const std::string one = json(1, 1);
  CHECK(json(3, 1) == one);
  CHECK(json(1, 2) != one);
}

TEST_CASE("Budgets beyond all reason are refused") {
  Assumptions assumptions = plain(100);
  assumptions.growth.first.value = 1000;
  const std::string message = refusal([&] { of(assumptions); });
  CHECK(message.find("passes 1e100 FLOP") != std::string::npos);
  CHECK(message.find("ask for fewer years") != std::string::npos);
}

TEST_CASE("Recipes follow the stated budgets, with the stock of the year where they read it") {
  const Assumptions assumptions = plain(3);
  const auto llama = recipe_years(recipe_called("llama2024"), assumptions, {{"experts", 8}});
  REQUIRE(llama.size() == 4);
  CHECK(is_near(llama[3].D / llama[0].D, std::pow(64, 0.537)));
  const auto repeats = recipe_years(recipe_called("muennighoff2023"), assumptions, {});
  CHECK(repeats[3].D > repeats[0].D);
}

}  // namespace isoloss
