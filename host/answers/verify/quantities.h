// The quantities that a published fit may expect, besides the parameters of its law.

#pragma once

#include <span>
#include <string_view>
#include <vector>

namespace isoloss {

// A quantity of some rows, from what is predicted and what was measured for them.
struct RowsQuantity {
  std::string_view name;
  double (*of)(std::span<const double> predicted, std::span<const double> measured);
  bool one_row = false;  // it is not asked of several rows
};

// By name; null if there is none.
const RowsQuantity* rows_quantity_called(std::string_view name);

// Every quantity: of the fit, of rows, and of the isoflop method.
std::vector<std::string_view> quantity_names();

}  // namespace isoloss
