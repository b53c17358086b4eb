// Training speeds of curves as a user gives them.

#pragma once

#include <vector>

#include "host/answers/race/curve.h"

namespace isoloss {

// Adds the budget of time, in hours, to every curve: tokens over the speed given for its run or,
// where none is, for its size.
//
//   speeds   tokens per second by a run's name or a size that is within 1 % of its parameters
//   throws   InputError for a speed that no curve has, and for a curve without one
void add_hours(std::vector<Curve>& curves, const std::map<std::string, double>& speeds);

}  // namespace isoloss
