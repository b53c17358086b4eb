// A root of a function of one variable.

#pragma once

#include <algorithm>
#include <cmath>

namespace isoloss {

// A point of a function.
struct FunctionPoint {
  double at;
  double value;
};

// Root of `function` between two points whose values differ in sign, to `tolerance` in its
// argument: secant or inverse quadratic steps where they are safe, else bisection.
//
// source: Chandrupatla 1997, "A new hybrid quadratic/bisection algorithm for finding the zero of a
//         nonlinear function without using derivatives", Advances in Engineering Software 28:145
// cost:   3 to 5 evaluations where the function is nearly a line
template <class Function>
double root_between(Function&& function, FunctionPoint newest, FunctionPoint opposite,
                    double tolerance) {
  double share = newest.value / (newest.value - opposite.value);  // of the way to `opposite`
  for (int round = 0; round < 200; ++round) {
    const FunctionPoint& nearest =
        std::fabs(newest.value) < std::fabs(opposite.value) ? newest : opposite;
    const double least_share = 0.5 * tolerance / std::fabs(opposite.at - newest.at);
    if (nearest.value == 0 || !(least_share < 0.25)) return nearest.at;
    share = std::clamp(share, least_share, 1 - least_share);
    const double at = newest.at + share * (opposite.at - newest.at);
    const FunctionPoint next{at, function(at)};
    const bool crossed = (next.value > 0) != (newest.value > 0);
    const FunctionPoint third = crossed ? opposite : newest;
    if (crossed) opposite = newest;
    newest = next;
    // The inverse of the parabola through the three points, where it is one-to-one between them.
    const double xi = (newest.at - opposite.at) / (third.at - opposite.at);
    const double phi = (newest.value - opposite.value) / (third.value - opposite.value);
    share = 0.5;
    if (phi * phi < xi && (1 - phi) * (1 - phi) < 1 - xi) {
      share = newest.value / (opposite.value - newest.value) * third.value /
                  (opposite.value - third.value) +
              (third.at - newest.at) / (opposite.at - newest.at) * newest.value /
                  (third.value - newest.value) * opposite.value / (third.value - opposite.value);
    }
  }
  return newest.at;
}

}  // namespace isoloss
