#include "host/answers/backtest/backtest.h"

#include <fmt/format.h>

#include <cmath>

#include "tests/catch.h"
#include "tests/figure4.h"
#include "tests/planted_source.h"
#include "tests/synthetic_runs.h"
#include "tests/two_threads.h"

namespace isoloss {
namespace {}  // namespace

TEST_CASE("A law that holds forecasts the runs behind a stop within its intervals") {
  const LawEntry& law = find_law("chinchilla");
  const RunTable runs = planted_runs(law, typical_theta(law), 0.01, 5, 300);
  FitOptions options = two_threads(400);
  options.residual_loss.kind = ResidualKind::squared;
  const Backtest got = backtest(source_of(runs), {"compute", {0.1, 0.01}}, options);
  REQUIRE(got.stops.size() == 2);
  for (const BacktestStop& stop : got.stops) {
    INFO(stop.at);
    CHECK(stop.num_fitted + stop.runs.size() == runs.num_runs());
    CHECK(stop.share_in_new_run > 0.8);  // of 16 runs and more
    CHECK(stop.share_in_new_run >= stop.share_in_curve);
    CHECK(stop.error->mean_absolute < 0.03);
    for (const BacktestRun& run : stop.runs) {
      CHECK(run.times > 1);
      CHECK(run.new_run.lower < run.curve.lower);
      CHECK(run.new_run.upper > run.curve.upper);
    }
  }
  CHECK(got.stops[1].largest->times > got.stops[0].largest->times);
  CHECK(got.warnings.empty());
  CHECK(got.outcome() == Outcome::sound);
}

TEST_CASE("A law that does not hold is seen to fail, and a stop without runs says so") {
  const LawEntry& law = find_law("chinchilla");
  RunTable runs = planted_runs(law, typical_theta(law), 0.002, 5, 200);
  for (std::size_t i = 0; i < runs.num_runs(); ++i)
    if (runs.flops[i] > 1e21) runs.loss[i] *= 1.1;  // from there on something else sets in
  const Backtest got = backtest(source_of(runs), {"compute", {0.01, 1e-9}}, two_threads(400));
  CHECK(got.stops[0].share_in_new_run < 0.5);
  REQUIRE_FALSE(got.warnings.empty());
  CHECK(got.warnings.back().name == "forecast_failed");
  CHECK_FALSE(got.stops[1].failure.empty());
  CHECK_FALSE(got.stops[1].error);
}

TEST_CASE("Figure 4 backtests alike with one thread and two") {
  RunSource source;
  source.paths = {ISOLOSS_SOURCE "/datasets/chinchilla_figure4.csv"};
  source.read.drop_highest_loss = 5;
  FitOptions options = two_threads(400);
  const Backtest two = backtest(source, {}, options);
  options.num_threads = 1;
  const Backtest one = backtest(source, {}, options);
  REQUIRE(two.stops.size() == 3);
  for (std::size_t i = 0; i < 3; ++i) {
    REQUIRE(two.stops[i].largest);
    CHECK(two.stops[i].largest->new_run.lower == one.stops[i].largest->new_run.lower);
    CHECK(two.stops[i].share_in_new_run == one.stops[i].share_in_new_run);
  }
}

}  // namespace isoloss
