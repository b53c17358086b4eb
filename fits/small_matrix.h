// Cholesky factors of small symmetric matrices, packed as in fits/dual.h.

#pragma once

#include <cmath>

#include "fits/dual.h"
#include "fits/law.h"

namespace isoloss {

// Factors the packed P x P matrix in place, A = L L^T. False if a pivot is not above `least_pivot`,
// that is, A is not positive definite; then the contents are undefined. NaN counts as not positive.
template <int P>
ISOLOSS_HD bool cholesky(double (&matrix)[num_packed(P)], double least_pivot) {
  for (int i = 0; i < P; ++i) {
    for (int j = 0; j <= i; ++j) {
      double sum = matrix[packed(i, j)];
      for (int k = 0; k < j; ++k) sum = fma(-matrix[packed(i, k)], matrix[packed(j, k)], sum);
      if (i == j) {
        if (!(sum > least_pivot)) return false;
        matrix[packed(i, i)] = std::sqrt(sum);
      } else {
        matrix[packed(i, j)] = sum / matrix[packed(j, j)];
      }
    }
  }
  return true;
}

// Solves L L^T x = b in place, given the factor L.
template <int P>
ISOLOSS_HD void solve_cholesky(const double (&factor)[num_packed(P)], double (&x)[P]) {
  for (int i = 0; i < P; ++i) {
    double sum = x[i];
    for (int k = 0; k < i; ++k) sum = fma(-factor[packed(i, k)], x[k], sum);
    x[i] = sum / factor[packed(i, i)];
  }
  for (int i = P - 1; i >= 0; --i) {
    double sum = x[i];
    for (int k = i + 1; k < P; ++k) sum = fma(-factor[packed(k, i)], x[k], sum);
    x[i] = sum / factor[packed(i, i)];
  }
}

}  // namespace isoloss
