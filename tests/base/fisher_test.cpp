#include "host/base/fisher.h"

#include <cmath>

#include "tests/catch.h"
#include "tests/tolerance.h"

namespace isoloss {

TEST_CASE("Fisher's F has the tails of the tables") {
  // scipy.stats.f.sf(ratio, above, below)
  const struct {
    double ratio;
    int above, below;
    double tail;
  } table[] = {{1.0, 1, 1, 0.5},
               {161.4476, 1, 1, 0.05000000598309},
               {3.5, 11, 32, 0.002719815249933},
               {0.2, 5, 7, 0.9524164502214},
               {12.0, 3, 200, 2.944840667223e-07},
               {1.05, 2000, 1000000, 0.05886293674545},
               {1.4, 95, 5, 0.385789273278},
               {250.0, 2, 40, 2.47357242091e-23}};
  for (const auto& [ratio, above, below, tail] : table) {
    INFO(ratio << " on " << above << " and " << below);
    CHECK(std::fabs(fisher_tail(ratio, above, below) / tail - 1) < tolerance::kTail);
  }
  CHECK(fisher_tail(0, 3, 4) == 1);
  CHECK(fisher_tail(INFINITY, 3, 4) == 0);
}

}  // namespace isoloss
