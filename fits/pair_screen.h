// The finest screen: every pair of two lists of columns for one problem, in the space of few
// dimensions that they span.
//
// With unit columns p, q orthogonal to the constant term, rho = <p, q> and the target's inner
// products b_p, b_q, the explained part is (b_p^2 + b_q^2 - 2 rho b_p b_q) / (1 - rho^2); weights
// are positive iff b_p > rho b_q and b_q > rho b_p.

#pragma once

#include "fits/law.h"

namespace isoloss {

struct PairScreen {
  int rank = 0;              // coefficients a column
  int num_first = 0;         // columns of the first exponent
  int num_second = 0;        // of the second; a multiple of kNumLanes
  const double* first;       // num_first x rank
  const double* second;      // rank x num_second
  const double* first_fit;   // num_first: inner product of each column with the target
  const double* second_fit;  // num_second
  // What a unit of each column takes from the constant term; with both weights a, b it is
  // target_constant - a * first_cost - b * second_cost and must not be negative.
  const double* first_cost;
  const double* second_cost;
  double target_constant = 0;
};

struct PairCell {
  int first = -1;
  int second = -1;
  double explained = -1;  // squared norm of the target's projection on both columns
};

// The part that columns (first, second) with inner product rho explain; -1 if one of the three
// weights would be negative. T only keeps apart what is compiled for different instruction sets.
template <class T>
ISOLOSS_HD double explained_by_pair(const PairScreen& screen, int first, int second, double rho) {
  const double p = screen.first_fit[first];
  const double q = screen.second_fit[second];
  const double determinant = 1 - rho * rho;
  if (!(determinant > 1e-12) || !(p > rho * q) || !(q > rho * p)) return -1;
  const double first_weight = (p - rho * q) / determinant;
  const double second_weight = (q - rho * p) / determinant;
  const double constant = screen.target_constant - first_weight * screen.first_cost[first] -
                          second_weight * screen.second_cost[second];
  return constant < 0 ? -1 : first_weight * p + second_weight * q;
}

}  // namespace isoloss
