// An objective that counts more where the law lies above a run: its optimum by other means, the
// same from other starts, and what it is for, runs of which some were badly tuned.

#include <algorithm>
#include <cmath>
#include <memory>
#include <vector>

#include "host/fit/fit.h"
#include "host/laws/law_choice.h"
#include "host/reading/read_runs.h"
#include "tests/catch.h"
#include "tests/figure4.h"
#include "tests/input_error.h"
#include "tests/power_law_runs.h"
#include "tests/simulated.h"
#include "tests/tolerance.h"

namespace isoloss {
namespace {

FitOptions lopsided(ResidualKind kind, double over_penalty) {
  FitOptions options;
  options.residual_loss = {kind, 1e-3, over_penalty};
  options.num_resamples = 0;
  return options;
}

std::shared_ptr<const LawEntry> law_called(const std::string& formula) {
  const std::vector<std::string> headers{"x", "loss"};
  return std::make_shared<const LawEntry>(choose_law({formula, {}, true, "loss"}, headers));
}

// The objective of a fit from its residuals, as the page on it has the formula.
double objective_of(const FitResult& fit) {
  const ResidualLoss& rho = fit.options.residual_loss;
  const double delta = rho.smooth_delta();
  double sum = 0;
  for (const double r : fit.residuals) {
    const double size = std::fabs(r);
    const double one_sided = size <= delta ? r * r / 2 : delta * (size - delta / 2);
    sum += r > 0 ? rho.over_penalty * one_sided : one_sided;
  }
  return sum;
}

// Twenty runs with much noise.
RunTable power_law_runs(std::uint64_t stream) {
  ReadOptions read;
  read.response = "y";
  read_for(*law_called("A*x^a"), read);
  return parse_runs(power_law_csv(20, 0.3, stream), "x.csv", read);
}

// Runs of a known law, of which every other one was badly tuned: its loss lies above the law's.
RunTable under_tuned() {
  RunTable out = simulated(figure4(), TrueLaw{}, 0.002, 1);
  for (std::uint32_t i = 0; i < out.num_runs(); i += 2)
    out.loss[i] *= std::exp(0.05 * std::fabs(normal(23, 1, i)));
  return out;
}

// By how much a fit of them misses the law in log loss, on average over the runs.
double miss_of(double over_penalty) {
  const RunTable runs = under_tuned();
  const FitResult fit = isoloss::fit(runs, lopsided(ResidualKind::huber, over_penalty));
  double sum = 0;
  for (std::size_t i = 0; i < runs.num_runs(); ++i)
    sum += fit.residuals[i] + std::log(runs.loss[i]) -
           std::log(TrueLaw{}.loss(runs.params[i], runs.tokens[i]));
  return std::fabs(sum / static_cast<double>(runs.num_runs()));
}

}  // namespace

TEST_CASE("A residual costs so many times as much where the law lies above the run") {
  for (const ResidualKind kind : {ResidualKind::huber, ResidualKind::squared}) {
    const FitResult fit = isoloss::fit(figure4(), lopsided(kind, 10));
    CHECK(fit.status == Status::converged);
    CHECK(std::fabs(fit.objective - objective_of(fit)) <=
          tolerance::kGoldenObjective * fit.objective);
    const auto above =
        std::count_if(fit.residuals.begin(), fit.residuals.end(), [](double r) { return r > 0; });
    CHECK(above < static_cast<long>(fit.residuals.size()) / 4);
  }
}

TEST_CASE("A lopsided power law under much noise is at its exact optimum, whatever delta") {
  for (std::uint64_t stream = 0; stream < 20; ++stream) {
    const RunTable runs = power_law_runs(stream);
    for (const double over : {1.0, 7.0, 100.0}) {
      const double least = by_enumeration(runs, over);
      for (const double delta : {1e-4, 1e-7}) {
        FitOptions options = lopsided(ResidualKind::huber, over);
        options.residual_loss.huber_delta = delta;
        const FitResult fit = isoloss::fit(runs, law_called("A*x^a"), options);
        CHECK(fit.status == Status::converged);
        // Huber's loss over delta lies below the absolute residual, by half of delta at most.
        const double most = least * (1 + tolerance::kGoldenObjective);
        CHECK(fit.objective / delta <= most);
        CHECK(fit.objective / delta >=
              least - 0.5 * delta * over * static_cast<double>(runs.num_runs()));
      }
    }
  }
}

TEST_CASE("A lopsided fit is the same from many random starts") {
  for (const ResidualKind kind : {ResidualKind::huber, ResidualKind::squared}) {
    for (const double over : {10.0, 1000.0}) {
      FitOptions options = lopsided(kind, over);
      const FitResult screened = fit(figure4(), options);
      options.starts = StartMode::random;
      options.num_random_starts = 200;
      const FitResult sampled = fit(figure4(), options);
      CHECK(screened.status == Status::converged);
      CHECK(screened.objective <= sampled.objective * (1 + tolerance::kGoldenObjective));
    }
  }
}

TEST_CASE("Badly tuned runs pull a law up less where lying above a run costs more") {
  CHECK(miss_of(10) < miss_of(1) / 2);
}

TEST_CASE("A lopsided objective states no likelihood, so no interval of one") {
  const FitResult fit = isoloss::fit(figure4(), lopsided(ResidualKind::squared, 10));
  CHECK(!fit.profile.left_out.empty());
  for (const ParamEstimate& param : fit.params) {
    CHECK(!param.profile);
    CHECK(!param.asymptotic_error);
  }
}

TEST_CASE("Absolute residuals have no penalty of a side") {
  const std::string said = refusal([] { fit(figure4(), lopsided(ResidualKind::absolute, 2)); });
  CHECK(said.find("--over-penalty goes with --objective huber or squared") != std::string::npos);
}

}  // namespace isoloss
