// A law is one file: a header that CMake writes into an empty folder of laws, and the program's own
// registry built over that folder.

#include <cmath>

#include "host/fit/fit.h"
#include "host/laws/registry.h"
#include "tests/catch.h"
#include "tests/tolerance.h"

namespace isoloss {

TEST_CASE(
    "A header in a folder of laws is listed, fitted and recovered with nothing else written") {
  REQUIRE(all_laws().size() == 1);
  CHECK(all_laws()[0].formula == "L(D) = E + A / log(D)^gamma");
  CHECK_THROWS(find_law("chinchilla"));
  RunTable runs;
  for (int i = 0; i < 40; ++i) {
    runs.tokens.push_back(1e9 * std::pow(1.3, i));
    runs.loss.push_back(1.7 + 900 / std::pow(std::log(runs.tokens.back()), 2.5));
  }
  FitOptions options;
  options.law = "log_power";
  options.num_resamples = 0;
  const FitResult found = fit(runs, options);
  CHECK(found.status == Status::converged);
  CHECK(std::fabs(found.params[0].value / 1.7 - 1) < tolerance::kNoiseFree);
  CHECK(std::fabs(found.params[1].value / 900 - 1) < tolerance::kNoiseFree);
  CHECK(std::fabs(found.params[2].value / 2.5 - 1) < tolerance::kNoiseFree);
}

}  // namespace isoloss
