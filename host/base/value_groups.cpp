#include "host/base/value_groups.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace isoloss {

std::vector<std::size_t> ValueGroups::members(std::size_t group) const {
  std::vector<std::size_t> out;
  for (std::size_t i = 0; i < of_value.size(); ++i)
    if (of_value[i] == group) out.push_back(i);
  return out;
}

std::vector<std::size_t> ascending(const std::vector<double>& values) {
  std::vector<std::size_t> out(values.size());
  std::iota(out.begin(), out.end(), std::size_t{0});
  std::stable_sort(out.begin(), out.end(),
                   [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
  return out;
}

ValueGroups groups_by_value(const std::vector<double>& values, double share) {
  ValueGroups out;
  out.of_value.resize(values.size());
  double last = NAN;  // no gap to the first
  for (const std::size_t i : ascending(values)) {
    if (!(values[i] <= last * (1 + share))) out.least.push_back(values[i]);
    out.of_value[i] = out.least.size() - 1;
    last = values[i];
  }
  return out;
}

}  // namespace isoloss
