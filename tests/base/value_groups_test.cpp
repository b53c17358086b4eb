#include "host/base/value_groups.h"

#include "tests/catch.h"

namespace isoloss {

TEST_CASE("Values are one group as long as each follows the one before closely") {
  const std::vector<double> values{2, 1, 1.04, 1.08, 4, 2.01};
  const ValueGroups got = groups_by_value(values, 0.05);
  CHECK(got.of_value == std::vector<std::size_t>{1, 0, 0, 0, 2, 1});
  CHECK(got.least == std::vector<double>{1, 2, 4});
  CHECK(got.members(1) == std::vector<std::size_t>{0, 5});
  CHECK(groups_by_value(values, 0).size() == 6);
  CHECK(groups_by_value({}, 0.05).size() == 0);
  CHECK(ascending(values) == std::vector<std::size_t>{1, 2, 3, 0, 5, 4});
}

}  // namespace isoloss
