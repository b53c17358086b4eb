#include "host/answers/isoflop/isoflop.h"

#include <fmt/format.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <utility>

#include "tests/catch.h"
#include "tests/input_error.h"
#include "tests/planted_source.h"
#include "tests/simulated.h"
#include "tests/tolerance.h"
#include "tests/two_threads.h"

namespace isoloss {
namespace {

// isoFLOP runs of a law of two terms: `num` sizes at each budget, from the best size over `spread`
// to `spread` times it.
struct BudgetRuns {
  TrueLaw law;
  std::vector<double> budgets{6e18, 3e19, 1e20, 6e20, 3e21};
  int num = 9;
  double spread = 4;
  double sd = 0;  // of log L
  std::uint64_t stream = 0;

  // The exact optimum of E + A / N^alpha + B / D^beta: Hoffmann et al. 2022, equation 4.
  double best(double C) const {
    const double G = std::pow(law.alpha * law.A / (law.beta * law.B), 1 / (law.alpha + law.beta));
    return G * std::pow(C / 6, law.beta / (law.alpha + law.beta));
  }

  std::string csv() const {
    std::string out = "params,tokens,loss\n";
    std::uint32_t index = 0;
    for (const double C : budgets)
      for (int i = 0; i < num; ++i) {
        const double N = best(C) * std::pow(spread, 2.0 * i / (num - 1) - 1);
        const double D = C / 6 / N;
        const double noise = sd == 0 ? 0 : sd * normal(5, stream, index++);
        out += fmt::format("{},{},{}\n", N, D, law.loss(N, D) * std::exp(noise));
      }
    return out;
  }
};

// Each of few sizes, close to each other, at each of some numbers of tokens.
std::string grid_of_near_sizes() {
  std::string out = "params,tokens,loss\n";
  const TrueLaw law;
  for (int i = 0; i < 5; ++i)
    for (int j = 0; j < 5; ++j) {
      const double N = 1e9 * (1 + 0.01 * i), D = 1e10 * std::pow(3, j);
      const double noise = 0.003 * normal(5, 2, static_cast<std::uint32_t>(5 * i + j));
      out += fmt::format("{},{},{}\n", N, D, law.loss(N, D) * std::exp(noise));
    }
  return out;
}

IsoflopQuestion plain_question() {
  IsoflopQuestion out;
  out.law.clear();
  return out;
}

std::string parabolas(double bend) {
  std::string out = "params,flops,loss\n";
  for (const double budget : {1e18, 3e19, 1e21}) {
    const double best = std::log(0.3) + 0.45 * std::log(budget);
    for (const double away : {-0.4, 0.1, 0.9, 2.5})
      out += fmt::format("{},{},{}\n", std::exp(best + away), budget, 2.5 + bend * away * away);
  }
  return out;
}

}  // namespace

TEST_CASE("Exact parabolas give the power law of their minima") {
  for (const CurveKind curve : {CurveKind::parabola, CurveKind::cubic}) {
    IsoflopQuestion question = plain_question();
    question.curve = curve;
    question.budgets = {1e22};
    const Isoflop got = isoflop(source_of(parabolas(0.07)), question, two_threads(0));
    CHECK(got.law.exponent.value == Approx(0.45).epsilon(tolerance::kSameRefit));
    CHECK(got.law.coefficient.value == Approx(0.3).epsilon(1e3 * tolerance::kSameRefit));
    for (const IsoflopBudget& own : got.budgets) CHECK(own.loss.value == Approx(2.5));
    const double best = 0.3 * std::pow(1e22, 0.45);
    CHECK(got.plans[0].size.value == Approx(best));
    CHECK(got.plans[0].other->value == Approx(1e22 / 6 / best));
    CHECK(got.outcome() == Outcome::sound);
  }
  CHECK_THROWS_AS(isoflop(source_of(parabolas(-0.07)), plain_question(), two_threads(0)),
                  InputError);
}

TEST_CASE("Without noise the method misses the surface's own exponent by the bias that it states") {
  BudgetRuns design;
  design.law.alpha = 0.465;
  design.law.beta = 0.155;
  design.spread = 8;
  IsoflopQuestion question;
  question.budgets = {1e23};
  const Isoflop got = isoflop(source_of(design.csv()), question, two_threads(0));
  REQUIRE(got.bias);
  const double a = design.law.beta / (design.law.alpha + design.law.beta);
  CHECK(got.bias->surface_exponent == Approx(a).epsilon(1e-6));
  CHECK(got.law.exponent.value - a == Approx(got.bias->exponent).margin(1e-7));
  // A vertex shift that is the same at every budget: none in the exponent, all in the size. From
  // the optimum over 8 to 8 times it, 15 sizes: 10^0.065049.
  CHECK(got.bias->exponent == Approx(0).margin(1e-6));
  design.num = 15;
  const Isoflop more = isoflop(source_of(design.csv()), question, two_threads(0));
  CHECK(std::log10(more.bias->factor[0]) == Approx(0.06504940380126241).epsilon(1e-4));
  // A cubic follows the surface better.
  question.curve = CurveKind::cubic;
  const Isoflop cubic = isoflop(source_of(design.csv()), question, two_threads(0));
  CHECK(std::fabs(std::log(cubic.bias->factor[0])) < 0.3 * std::log(more.bias->factor[0]));
}

TEST_CASE("A budget without a best model is left out by name, and the others answer") {
  BudgetRuns design;
  std::string csv = design.csv();
  const double C = 3e22;
  for (const double times : {4.0, 5.0, 6.0, 8.0})
    csv += fmt::format("{},{},{}\n", design.best(C) * times, C / 6 / design.best(C) / times,
                       design.law.loss(design.best(C) * times, C / 6 / design.best(C) / times));
  csv += "1e9,1e13,2.1\n";
  const Isoflop got = isoflop(source_of(csv), plain_question(), two_threads(0));
  CHECK(got.budgets.size() == 7);
  CHECK(got.num_used == 5);
  CHECK(got.budgets[5].fault == SliceFault::outside);
  CHECK(got.budgets[6].fault == SliceFault::too_few);
  const Isoflop alone = isoflop(source_of(design.csv()), plain_question(), two_threads(0));
  CHECK(got.law.exponent.value == alone.law.exponent.value);
  REQUIRE_FALSE(got.warnings.empty());
  CHECK(got.warnings.back().name == "budgets_left_out");
}

TEST_CASE("Budgets that were meant to be one are one") {
  std::string csv = "params,flops,loss\n";
  int i = 0;
  for (const double budget : {1e18, 1e19, 1e20})
    for (const double away : {-1.0, 0.0, 1.0, 2.0})
      csv += fmt::format("{},{},{}\n", std::exp(18 + away + std::log(budget / 1e18) / 2),
                         budget * (1 + 0.01 * (i++ % 3)), 3 + 0.1 * away * away);
  IsoflopQuestion question = plain_question();
  CHECK(isoflop(source_of(csv), question, two_threads(0)).budgets.size() == 3);
  question.tolerance = 0.001;
  CHECK_THROWS_AS(isoflop(source_of(csv), question, two_threads(0)), InputError);
}

TEST_CASE("Intervals of the isoFLOP exponent hold the truth about as often as they say") {
  // Two designs: many sizes near the best, few sizes farther off. The spread is small enough that
  // the method's own bias is far below the noise.
  for (const auto& [num, spread] : {std::pair{11, 3.0}, {6, 4.0}}) {
    BudgetRuns design;
    design.num = num;
    design.spread = spread;
    design.sd = 0.002;
    const double truth = design.law.beta / (design.law.alpha + design.law.beta);
    int num_inside = 0;
    constexpr int kSets = 200;
    for (int set = 0; set < kSets; ++set) {
      design.stream = static_cast<std::uint64_t>(set);
      const Isoflop got = isoflop(source_of(design.csv()), plain_question(), two_threads(300));
      REQUIRE(got.law.exponent.interval);
      num_inside +=
          got.law.exponent.interval->lower <= truth && truth <= got.law.exponent.interval->upper;
    }
    INFO(num << " sizes within " << spread);
    CHECK(num_inside >= 0.88 * kSets);
    CHECK(num_inside <= 0.995 * kSets);
  }
}

TEST_CASE("Draws are the same however many threads there are") {
  BudgetRuns design;
  design.sd = 0.003;
  IsoflopQuestion question = plain_question();
  question.curve = CurveKind::cubic;
  FitOptions one = two_threads(500);
  one.num_threads = 1;
  const Isoflop got = isoflop(source_of(design.csv()), question, two_threads(500));
  const Isoflop again = isoflop(source_of(design.csv()), question, one);
  CHECK(got.law.exponent.interval->lower == again.law.exponent.interval->lower);
  CHECK(got.budgets[2].size.interval->upper == again.budgets[2].size.interval->upper);
}

TEST_CASE("The points of Porian et al. give their exponents by their interpolation") {
  // Their tuned runs on two corpora, table 1: 0.4969 and 0.5185, from a weighted fit to medians of
  // a bootstrap. The same minima with equal weights give them to the digits of the margin.
  for (const auto& [group, exponent] : {std::pair{"rw|tuned|short|const|standard|val", 0.4969},
                                        {"owt2|tuned|short|const|standard|val", 0.5185}}) {
    RunSource source;
    source.paths = {ISOLOSS_SOURCE "/datasets/porian_isoflop_points.csv"};
    source.read.where = fmt::format("group == '{}'", group);
    IsoflopQuestion question = plain_question();
    question.tolerance = 0.1;
    question.curve = CurveKind::akima;
    CHECK(isoflop(source, question, two_threads(0)).law.exponent.value ==
          Approx(exponent).margin(0.001));
  }
}

TEST_CASE("Llama 3's tokens follow the power law that its authors print, where their points are") {
  // The digitised points of arXiv:2407.21783, figure 2, do not come along.
  const char* folder = std::getenv("ISOLOSS_FIGURES");
  const std::string path = std::string(folder == nullptr ? "" : folder) + "/llama3_isoflop.csv";
  if (!std::filesystem::exists(path)) return;
  RunSource source{{path}, {}, {}};
  source.read.where = "condition == 'raw_loss'";
  IsoflopQuestion question = plain_question();
  question.size = "tokens";
  question.budget = "budget";
  question.budgets = {3.8e25};
  const Isoflop got = isoflop(source, question, two_threads(1000));
  CHECK(std::fabs(got.law.coefficient.value - 0.299) < tolerance::kThreeDecimals);
  CHECK(std::fabs(got.law.exponent.value - 0.537) < tolerance::kThreeDecimals);
  // The model that they trained, 402B parameters on 16.55T tokens, lies inside.
  const Interval tokens = got.plans.at(0).size.interval.value();
  CHECK(tokens.lower < 16.55e12);
  CHECK(tokens.upper > 16.55e12);
  CHECK(3.8e25 / 6 / tokens.upper < 402e9);
  CHECK(3.8e25 / 6 / tokens.lower > 402e9);
}

TEST_CASE("Runs whose budgets differ as their sizes do are of no one budget") {
  const std::string said =
      refusal([] { isoflop(source_of(grid_of_near_sizes()), plain_question(), FitOptions{}); });
  CHECK(said.find("its budgets differ as its sizes do at 5") != std::string::npos);
}

}  // namespace isoloss
