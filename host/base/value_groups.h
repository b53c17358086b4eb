// Numbers that belong together: budgets that were meant to be one, sizes that hardly differ.

#pragma once

#include <cstddef>
#include <vector>

namespace isoloss {

struct ValueGroups {
  std::vector<std::size_t> of_value;  // the group of each value
  std::vector<double> least;          // of each group, ascending

  std::size_t size() const { return least.size(); }
  // Places of the values of a group, ascending.
  std::vector<std::size_t> members(std::size_t group) const;
};

// A value that is above the one before it by more than this share begins a group.
//
//   values  positive
//   cost    a sort
ValueGroups groups_by_value(const std::vector<double>& values, double share);

// Places of the values from the least up; of equals the first comes first.
std::vector<std::size_t> ascending(const std::vector<double>& values);

}  // namespace isoloss
