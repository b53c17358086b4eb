// Where two curves change places.

#pragma once

#include <functional>
#include <span>

namespace isoloss {

// Changes of sign of a difference that is known at ascending places and straight between them.
struct Crossings {
  int num = 0;
  double last = 0;  // place of the last; NaN if there is none
};

Crossings crossings_of(std::span<const double> places, std::span<const double> difference);

// The first change of sign of a smooth difference in from .. to; NaN if there is none. Looks at 128
// places and refines.
double first_crossing(const std::function<double(double)>& difference, double from, double to);

}  // namespace isoloss
