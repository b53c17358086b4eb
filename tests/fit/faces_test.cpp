// Optima on the edge of what a law can be, and runs of which some resamples are too few.

#include "tests/case_fits.h"
#include "tests/catch.h"

namespace isoloss {

TEST_CASE("An irreducible loss of zero is found where it is the optimum") {
  // A resample by clusters, most rows several times: the valley towards E = 0 is shallow.
  const FitResult fit = fit_case({"zero_floor.csv", "chinchilla", "", ResidualKind::huber});
  CHECK(fit.objective <= 5.02708e-3);
  CHECK(param_of(fit, "E").value == 0);
}

TEST_CASE("Resamples of too few rows are counted apart and deny no interval") {
  CaseQuestion asked{"six_points.csv", "E + A/C^alpha", "", ResidualKind::huber};
  asked.num_resamples = 1000;
  const FitResult fit = fit_case(asked);
  // At most two distinct rows of six: (15 (2^6 - 2) + 6) / 6^6, 20.1 of 1,000.
  CHECK(fit.bootstrap.num_degenerate > 5);
  CHECK(fit.bootstrap.num_degenerate < 40);
  CHECK(fit.bootstrap.num_not_converged == 0);
  CHECK(!fit.bootstrap.withheld);
  CHECK(param_of(fit, "E").interval.has_value());
}

}  // namespace isoloss
