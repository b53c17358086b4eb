// The pass that stops at a ceiling: what it leaves out changes no search.

#include <cmath>
#include <vector>

#include "host/laws/registry.h"
#include "host/search/problem.h"
#include "host/simd/solver.h"
#include "tests/catch.h"
#include "tests/synthetic_runs.h"

namespace isoloss {
namespace {

constexpr double kDelta = 1e-3;

// A law that runs as a tape, on more runs than one block holds.
struct Case {
  const LawEntry& law = find_law("data_constrained");
  Theta truth = typical_theta(law);
  RunTable runs = planted_runs(law, truth, 0.05, 1, 600);
  Problem problem{runs, law};
  Theta theta = law.to_search(truth, problem.centre());
};

using At = Evaluation<8>;

At evaluated(const LawKernels& kernels, const Case& c, double ceiling) {
  At out{};
  kernels.evaluate_below(kernels.tape, c.problem.view(), kDelta, c.theta.data(), ceiling, &out);
  return out;
}

}  // namespace

TEST_CASE("Below its ceiling an objective has its derivatives, above it only that it is") {
  const Case c;
  for (const SimdLevel level : usable_simd_levels()) {
    const LawKernels kernels = c.law.kernels(level);
    At plain{};
    kernels.evaluate(kernels.tape, c.problem.view(), kDelta, c.theta.data(), &plain);
    const At same = evaluated(kernels, c, plain.value);
    CHECK(same.value == plain.value);
    for (int k = 0; k < c.law.num_params(); ++k) CHECK(same.grad[k] == plain.grad[k]);
    for (int k = 0; k < num_packed(c.law.num_params()); ++k) CHECK(same.hess[k] == plain.hess[k]);
    const At half = evaluated(kernels, c, plain.value / 2);
    CHECK(half.value > plain.value / 2);
    CHECK(half.value < plain.value);  // of the runs that were looked at
    CHECK(evaluated(kernels, c, std::nextafter(plain.value, 0)).value == plain.value);
  }
}

TEST_CASE("A search with a ceiling takes the steps of one without") {
  const Case c;
  LawKernels kernels = c.law.kernels(simd_level());
  LawKernels plain = kernels;
  plain.evaluate_below = nullptr;
  MinimiseOptions options;
  options.first_delta = INFINITY;
  Theta start = c.theta;
  for (int k = 0; k < c.law.num_params(); ++k) start[static_cast<std::size_t>(k)] += 0.3;
  const auto end = [&](const LawKernels& own) {
    return c.law.solver().minimise(own, c.problem.view(), start.data(), options, c.law.box);
  };
  const SearchResult with = end(kernels);
  const SearchResult without = end(plain);
  CHECK(with.theta == without.theta);
  CHECK(with.objective == without.objective);
  CHECK(with.evaluations == without.evaluations);
}

}  // namespace isoloss
