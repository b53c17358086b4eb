// The parts of a race: local lines, the law of one curve, blocks of noise, crossings.

#include <algorithm>
#include <cmath>
#include <numeric>

#include "host/answers/race/block_bootstrap.h"
#include "host/answers/race/crossing.h"
#include "host/answers/race/smooth.h"
#include "host/answers/race/token_law.h"
#include "host/base/statistics.h"
#include "host/fit/fit.h"
#include "host/laws/law_choice.h"
#include "tests/catch.h"
#include "tests/planted_curves.h"
#include "tests/tolerance.h"

namespace isoloss {
namespace {

std::vector<double> logs(const std::vector<double>& values) {
  std::vector<double> out;
  for (const double value : values) out.push_back(std::log(value));
  return out;
}

// AR(1) noise alone.
std::vector<double> noise_of(double memory, int num_rows) {
  const PlantedCurve flat{"flat", 1e9, 0, 0, 0.5, 1e9, 1e11};
  return planted_table({flat}, num_rows, {1, memory, 3}).loss;
}

double mean_of(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

// Standard deviation over draws of the mean of a curve's noise.
double spread_of_mean(const std::vector<double>& residuals, const BlockDraw& draw) {
  const BlockBootstrap bootstrap(residuals, draw);
  std::vector<double> means;
  for (std::uint64_t stream = 0; stream < 1000; ++stream)
    means.push_back(mean_of(bootstrap.noise(5, stream)));
  return standard_deviation(means);
}

}  // namespace

TEST_CASE("race parts: local lines give a straight line back, at its ends and where rows are few") {
  std::vector<double> x, y;
  for (int i = 0; i < 80; ++i) x.push_back(std::log(1.0 + i * i));
  for (const double at : x) y.push_back(3 - 0.7 * at);
  const std::vector<double> smooth = LocalLines(x, x, 0.2).of(y);
  for (std::size_t i = 0; i < x.size(); ++i)
    CHECK(std::fabs(smooth[i] - y[i]) < tolerance::kClosedForm);
}

TEST_CASE("race parts: a line of two parameters counts two, a narrow window many") {
  const std::vector<double> x = even_places(0, 3, 0.01);
  CHECK(LocalLines(x, x, 1000).num_fitted() == Approx(2).epsilon(tolerance::kThreeDigits));
  CHECK(LocalLines(x, x, 0.1).num_fitted() > 20);
}

TEST_CASE("race parts: a sampled curve is straight between its places and held to its ends") {
  const SampledCurve curve{1, 0.5, {3, 5, 4}};
  CHECK(curve.at(1.25) == 4);
  CHECK(curve.at(1.5) == 5);
  CHECK(curve.at(0) == 3);
  CHECK(curve.at(9) == 4);
}

TEST_CASE("race parts: the law of a curve is that of the general solver") {
  RunTable table = planted_table({kSmall}, 200, {});
  const TokenLaw law = TokenLawFit(logs(table.tokens)).fit(table.loss);
  const LawEntry formula = choose_law({"E + B/D^beta", {}, false, ""}, {});
  FitOptions options;
  options.residual_loss.kind = ResidualKind::squared;
  options.num_resamples = 0;
  const auto entry = std::make_shared<const LawEntry>(scaled_to(formula, table));
  const FitResult result = fit(table, entry, options);
  for (const ParamEstimate& param : result.params) {
    INFO(param.name);
    const double B = law.B_at_last * std::exp(law.beta * law.log_last);
    const double ours = param.name == "E" ? law.E : (param.name == "B" ? B : law.beta);
    CHECK(std::fabs(ours / param.value - 1) < tolerance::kNoiseFreeValley);
  }
  CHECK(!law.at_bound);
}

TEST_CASE("race parts: a planted law without noise is found, and a floor below 0 is 0") {
  const RunTable table = planted_table({kSmall}, 200, {0, 0, 0});
  const TokenLaw law = TokenLawFit(logs(table.tokens)).fit(table.loss);
  CHECK(std::fabs(law.E - kSmall.E) < tolerance::kNoiseFreeValley);
  CHECK(std::fabs(law.beta - kSmall.beta) < tolerance::kNoiseFreeValley);
  PlantedCurve below = kSmall;
  below.E = -0.2;
  const RunTable falling = planted_table({below}, 200, {0, 0, 0});
  const TokenLaw held = TokenLawFit(logs(falling.tokens)).fit(falling.loss);
  CHECK(held.E == 0);
  CHECK(held.at_bound);
}

TEST_CASE("race parts: blocks are short for white noise and long for noise that remembers") {
  CHECK(block_length(noise_of(0, 500)) <= 3);
  const int some = block_length(noise_of(0.6, 500));
  CHECK(some >= 5);
  CHECK(block_length(noise_of(0.9, 500)) > some);
  CHECK(block_length(std::vector<double>(50, 1.0)) == 1);
}

TEST_CASE("race parts: noise drawn row by row varies too little, noise drawn in blocks does not") {
  const double memory = 0.8;
  const std::vector<double> residuals = noise_of(memory, 2000);
  const int block = block_length(residuals);
  // Of the mean of AR(1) noise of variance 1: sqrt((1 + memory) / (1 - memory) / n).
  const double truth = std::sqrt((1 + memory) / (1 - memory) / 2000);
  const double by_row = spread_of_mean(residuals, {1});
  const double by_block =
      spread_of_mean(residuals, {block, SIZE_MAX, block_scale(residuals, block, 0)});
  CHECK(by_row < 0.5 * truth);
  CHECK(std::fabs(by_block / truth - 1) < tolerance::kBlockSpread);
}

TEST_CASE("race parts: draws are about 0 and keep noise where it is") {
  std::vector<double> residuals = noise_of(0, 400);
  for (std::size_t i = 0; i < 200; ++i) residuals[i] *= 10;
  const BlockBootstrap bootstrap(residuals, {4, 50, 1});
  std::vector<double> sum(400), late;
  for (std::uint64_t stream = 0; stream < 500; ++stream) {
    const std::vector<double> noise = bootstrap.noise(1, stream);
    for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += noise[i] / 500;
    late.push_back(noise[300]);
  }
  CHECK(standard_deviation(late) < 2);
  for (std::size_t i = 0; i < sum.size(); ++i) CHECK(std::fabs(sum[i]) < 2);
  CHECK(bootstrap.noise(1, 7) == bootstrap.noise(1, 7));
  CHECK(bootstrap.noise(1, 7) != bootstrap.noise(2, 7));
}

TEST_CASE("race parts: every change of sign is a crossing, the last is where the line is 0") {
  const std::vector<double> places{0, 1, 2, 3}, difference{-1, 1, -1, -3};
  const Crossings crossings = crossings_of(places, difference);
  CHECK(crossings.num == 2);
  CHECK(crossings.last == 1.5);
  CHECK(std::isnan(crossings_of(places, std::vector<double>{1, 2, 3, 4}).last));
  const double root = first_crossing([](double x) { return std::cos(x); }, 0, 10);
  CHECK(std::fabs(root - M_PI / 2) < tolerance::kClosedForm);
  CHECK(std::isnan(first_crossing([](double) { return 1.0; }, 0, 10)));
}

}  // namespace isoloss
