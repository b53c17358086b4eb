// The breaks of a broken power are told apart by their places.

#include "host/search/break_order.h"

#include <algorithm>

#include "host/fit/fit.h"
#include "host/laws/registry.h"
#include "host/search/proved_fit.h"
#include "tests/catch.h"
#include "tests/synthetic_runs.h"

namespace isoloss {
namespace {

const LawEntry& broken_3() { return find_law("broken_3"); }

// Typical parameters with the breaks in another order.
Theta exchanged(int first, int second, int third) {
  const Theta typical = typical_theta(broken_3());
  Theta out = typical;
  const Breaks& breaks = *broken_3().breaks;
  const int from[] = {first, second, third};
  for (int i = 0; i < 3; ++i)
    std::copy_n(typical.begin() + breaks.slope(from[i]), 3, out.begin() + breaks.slope(i));
  return out;
}

}  // namespace

TEST_CASE("Breaks come in the order of their places, whatever order they had") {
  const Theta typical = typical_theta(broken_3());
  int order[] = {0, 1, 2};
  do {
    Theta theta = exchanged(order[0], order[1], order[2]);
    const bool moved = order_breaks(broken_3(), broken_3().box, theta.data());
    CHECK(theta == typical);
    CHECK(moved == !std::is_sorted(std::begin(order), std::end(order)));
  } while (std::next_permutation(std::begin(order), std::end(order)));
}

TEST_CASE("Breaks that a box tells apart, and other laws, are left as they are") {
  Theta theta = exchanged(1, 0, 2);
  const Theta before = theta;
  Box box = broken_3().box;
  const int slope = broken_3().breaks->slope(0);
  box.bounds[slope] = {theta[static_cast<std::size_t>(slope)],
                       theta[static_cast<std::size_t>(slope)]};
  CHECK_FALSE(order_breaks(broken_3(), box, theta.data()));
  CHECK(theta == before);
  const LawEntry& other = find_law("farseer");
  CHECK_FALSE(order_breaks(other, other.box, theta.data()));
}

TEST_CASE("A fit and each of its refits call the same break the first") {
  const LawEntry& law = find_law("broken_2");
  FitOptions options;
  options.num_resamples = 100;
  const FitResult result = fit(planted_runs(law, typical_theta(law), 0.01, 0, 64),
                               std::make_shared<const LawEntry>(law), options);
  const auto first = static_cast<std::size_t>(law.breaks->place(0));
  const auto second = static_cast<std::size_t>(law.breaks->place(1));
  CHECK(result.theta[first] < result.theta[second]);
  for (std::size_t draw = 0; draw < result.draw_converged.size(); ++draw)
    if (result.draw_converged[draw]) CHECK(result.draws[draw][first] <= result.draws[draw][second]);
}

}  // namespace isoloss
