// The screens: what they pick against a plain search, and the same on every processor.

#include "host/search/screen.h"

#include <cmath>

#include "fits/random.h"
#include "host/laws/registry.h"
#include "host/search/cpu_engine.h"
#include "host/search/exponent_columns.h"
#include "host/search/pair_screen.h"
#include "host/search/problem.h"
#include "tests/catch.h"
#include "tests/figure4.h"
#include "tests/tolerance.h"

namespace isoloss {
namespace {

// Sum of weight * (L_hat / L - 1)^2 at a start, from the law itself.
double relative_error(const RunsView& runs, const std::vector<double>& weights,
                      const double* theta) {
  Theta full{};
  std::copy_n(theta, 5, full.begin());
  std::vector<double> log_loss(static_cast<std::size_t>(runs.num_padded));
  const LawKernels kernels = find_law("chinchilla").kernels(SimdLevel::portable);
  kernels.predict(kernels.tape, runs, full.data(), log_loss.data());
  double sum = 0;
  for (int i = 0; i < runs.num_runs; ++i) {
    const double part = std::exp(log_loss[static_cast<std::size_t>(i)] - runs.target[i]) - 1;
    sum += weights[static_cast<std::size_t>(i)] * part * part;
  }
  return sum;
}

std::vector<double> weights_of_resample(int num_runs, std::uint64_t resample) {
  std::vector<std::uint16_t> counts(static_cast<std::size_t>(num_runs));
  resample_counts(1, resample, static_cast<std::uint32_t>(num_runs), counts.data());
  return {counts.begin(), counts.end()};
}

std::vector<ScreenedStart> starts_of(const RunsView& runs, const std::vector<double>& weights,
                                     SimdLevel level, int num_basins) {
  const ExponentColumns columns(find_law("chinchilla"), runs, 32);
  const auto screen = make_exponent_screen(columns.grid(), level);
  std::vector<double> moments(static_cast<std::size_t>(screen->num_moments()));
  screen->moments(weights.data(), moments.data());
  std::vector<ScreenedStart> starts;
  screen->best_starts(moments.data(), num_basins, starts);
  return starts;
}

bool screen_pairs(const RunsView& runs, int num_exponents, SimdLevel level, int num_threads,
                  ScreenedStart& out) {
  const auto engine = make_cpu_engine({num_threads, level});
  return screen_exponent_pairs(find_law("chinchilla"), runs, num_exponents, *engine, out);
}

bool same_theta(const ScreenedStart& a, const ScreenedStart& b) {
  return std::equal(std::begin(a.theta), std::end(a.theta), std::begin(b.theta));
}

}  // namespace

TEST_CASE("A screened start has the error that the screen gave it") {
  const Problem problem(figure4(), find_law("chinchilla"));
  const RunsView runs = problem.view();
  for (std::uint64_t resample = 0; resample < 20; ++resample) {
    const std::vector<double> weights = weights_of_resample(runs.num_runs, resample);
    const ScreenedStart start = starts_of(runs, weights, SimdLevel::portable, 1).front();
    CHECK(std::fabs(relative_error(runs, weights, start.theta) / start.error - 1) <
          tolerance::kScreenError);
  }
}

TEST_CASE("No move of the weights lowers a screened start's error") {
  const Problem problem(figure4(), find_law("chinchilla"));
  const RunsView runs = problem.view();
  const std::vector<double> weights = weights_of_resample(runs.num_runs, 3);
  const ScreenedStart start = starts_of(runs, weights, SimdLevel::portable, 1).front();
  const double least = relative_error(runs, weights, start.theta) * (1 - tolerance::kScreenError);
  for (std::size_t k = 0; k < 3; ++k) {
    for (const double move : {-0.01, 0.01}) {
      ScreenedStart moved = start;
      moved.theta[k] += move;
      CHECK(relative_error(runs, weights, moved.theta) > least);
    }
  }
}

TEST_CASE("Four basins are one of each quadrant, best first, and hold the best cell") {
  const Problem problem(figure4(), find_law("chinchilla"));
  const RunsView runs = problem.view();
  const std::vector<double> weights = weights_of_resample(runs.num_runs, 5);
  const auto best = starts_of(runs, weights, SimdLevel::portable, 1);
  const auto four = starts_of(runs, weights, SimdLevel::portable, 4);
  REQUIRE(four.size() == 4);
  CHECK(same_theta(four[0], best[0]));
  for (std::size_t i = 1; i < 4; ++i) CHECK(four[i].error >= four[i - 1].error);
}

TEST_CASE("Screens give the same bits on every instruction set") {
  const Problem problem(figure4(), find_law("chinchilla"));
  const RunsView runs = problem.view();
  ScreenedStart reference;
  REQUIRE(screen_pairs(runs, 256, SimdLevel::portable, 1, reference));
  for (const SimdLevel level : usable_simd_levels()) {
    INFO(simd_name(level));
    for (std::uint64_t resample = 0; resample < 10; ++resample) {
      const std::vector<double> weights = weights_of_resample(runs.num_runs, resample);
      const auto ours = starts_of(runs, weights, level, 4);
      const auto theirs = starts_of(runs, weights, SimdLevel::portable, 4);
      for (std::size_t i = 0; i < 4; ++i) CHECK(same_theta(ours[i], theirs[i]));
    }
    ScreenedStart pair;
    REQUIRE(screen_pairs(runs, 256, level, 2, pair));
    CHECK(same_theta(pair, reference));
    CHECK(pair.error == reference.error);
  }
}

TEST_CASE("A finer pair screen is no worse, and its error is the law's own") {
  const Problem problem(figure4(), find_law("chinchilla"));
  const RunsView runs = problem.view();
  const std::vector<double> ones(static_cast<std::size_t>(runs.num_runs), 1.0);
  ScreenedStart coarse;
  ScreenedStart fine;
  REQUIRE(screen_pairs(runs, 64, SimdLevel::portable, 1, coarse));
  REQUIRE(screen_pairs(runs, 64 * 63 + 1 + 63, SimdLevel::portable, 2, fine));
  CHECK(fine.error < coarse.error);
  CHECK(std::fabs(relative_error(runs, ones, fine.theta) / fine.error - 1) <
        tolerance::kGoldenParameter);
}

}  // namespace isoloss
