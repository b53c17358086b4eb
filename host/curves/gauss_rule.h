// Gauss quadrature of a measure that is a sum of weighted points.

#pragma once

#include <span>
#include <vector>

namespace isoloss {

struct WeightedPoint {
  double at;
  double weight;
};

// The rule of at most `num_nodes` nodes that integrates polynomials of degree 2 num_nodes - 1 as
// the measure does, nodes ascending: the points themselves if there are no more than that.
//
//   measure  points in any order, weights positive
//   cost     points x num_nodes^2
//   source   Golub & Welsch 1969, Math. Comp. 23, 221; the recurrence by Lanczos with
//            reorthogonalisation
std::vector<WeightedPoint> gauss_rule(std::span<const WeightedPoint> measure, int num_nodes);

}  // namespace isoloss
