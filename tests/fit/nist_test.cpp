#include "tests/nist.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "tests/catch.h"
#include "tests/test_files.h"
#include "tests/tolerance.h"

namespace isoloss {
namespace {

// NIST's own sum of squares of Lanczos1 is 1.4e-25, which is rounding: it and the errors that are
// computed from it have no digits to be compared with.
bool has_noise(const NistProblem& problem) { return problem.name != "Lanczos1"; }

// Down to a tenth, as the table shows it.
std::string shown(double digits) { return fmt::format("{:.1f}", std::floor(10 * digits) / 10); }

std::string row(const NistProblem& problem, const NistDigits (&at)[3]) {
  std::string out = fmt::format("| {} | {} |", problem.name, problem.level);
  for (int s = 0; s < 2; ++s)
    out +=
        fmt::format(" {} / {} / {} |", shown(at[s].params), shown(at[s].errors), shown(at[s].rss));
  return out + fmt::format(" {} |", shown(at[2].rss));
}

}  // namespace

TEST_CASE("The NIST problems are solved to ten digits from both starts, and the table says so") {
  const std::string readme = test_file("../fits/README.md");
  double sum = 0;
  int num_automatic = 0;
  for (const NistProblem& problem : nist_problems()) {
    INFO(problem.name);
    NistDigits at[3];
    for (int s = 0; s < 3; ++s) at[s] = fit_nist(problem, s < 2 ? &problem.starts[s] : nullptr);
    for (int s = 0; s < 2; ++s) {
      CHECK(at[s].params >= tolerance::kNistParamDigits);
      sum += at[s].params;
      if (!has_noise(problem)) continue;
      CHECK(at[s].errors >= tolerance::kNistErrorDigits);
      CHECK(at[s].rss >= tolerance::kNistParamDigits);
    }
    num_automatic += at[2].rss >= tolerance::kNistErrorDigits || !has_noise(problem);
    CHECK(readme.find(row(problem, at)) != std::string::npos);
    UNSCOPED_INFO(row(problem, at));
  }
  CHECK(sum / 54 >= tolerance::kNistMeanDigits);
  CHECK(num_automatic >= 25);
  CHECK(readme.find(fmt::format("mean {:.2f}", sum / 54)) != std::string::npos);
  CHECK(readme.find(fmt::format("{} of 27", num_automatic)) != std::string::npos);
}

}  // namespace isoloss
