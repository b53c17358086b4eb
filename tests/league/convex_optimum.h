// The optimum of a convex objective, by a way of its own: nothing of the program's search is used.

#pragma once

#include <vector>

#include "fits/residual_loss.h"

namespace isoloss::league {

// Least sum over rows of rho(columns[row] t - target[row]) over all t, to 1e-11 of itself or so.
//
//   columns  rows x P, P from 2 to 4, of full rank
//   cost     some thousand passes over the rows
//   source   the ellipsoid method: Grotschel, Lovasz & Schrijver 1993, Geometric Algorithms and
//            Combinatorial Optimization, chapter 3
double convex_optimum(const std::vector<std::vector<double>>& columns,
                      const std::vector<double>& target, const ResidualLoss& rho);

}  // namespace isoloss::league
