// A short run of the league: no default fit above the optimum is called converged, and where the
// optimum is known exactly none is above it.

#include "tests/league/league.h"

#include "tests/catch.h"
#include "tests/league/convex_optimum.h"
#include "tests/tolerance.h"

namespace isoloss::league {

TEST_CASE("The optimum by ellipsoids is the median of a column of ones") {
  const std::vector<std::vector<double>> rows{{1, -2}, {1, -1}, {1, 0}, {1, 1}, {1, 2}};
  // Of the line through (-2, -2) and (2, 2) only one point is off, by 5.
  const std::vector<double> target{-2, -1, 5, 1, 2};
  const double absolute = convex_optimum(rows, target, {ResidualKind::absolute});
  CHECK(std::fabs(absolute / 5 - 1) < tolerance::kClosedForm);
  // Least squares: the mean, 1, and the slope, 1.
  const double squared = convex_optimum(rows, target, {ResidualKind::squared});
  CHECK(std::fabs(squared / 10 - 1) < tolerance::kClosedForm);
}

TEST_CASE("Default fits of power laws are the exact optimum, whatever the noise and objective") {
  LeagueOptions options;
  options.num_seeds = 3;
  options.num_resamples = 100;
  for (const Cell& cell : all_cells()) {
    if (!cell.is_convex) continue;
    const Tally tally = play(cell, options);
    INFO(league_row(tally));
    CHECK(tally.num_missed == 0);
    CHECK(tally.below.empty());
    if (cell.num_runs >= 12) CHECK(tally.lost < 0.01);
  }
}

TEST_CASE("Default fits of other laws end no higher than a longer search") {
  LeagueOptions options;
  options.num_resamples = 0;
  options.effort = 40;
  for (const Cell& cell : all_cells()) {
    if (cell.is_convex || cell.law == "farseer" || cell.law == "broken_3") continue;
    const Tally tally = play(cell, options);
    INFO(league_row(tally));
    CHECK(tally.num_missed == 0);
  }
}

}  // namespace isoloss::league
