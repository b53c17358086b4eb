// Linear algebra of the few parameters of a law. Symmetric matrices are packed as in fits/dual.h.

#pragma once

#include <cmath>

#include "fits/dual.h"
#include "fits/law.h"

namespace isoloss {

// Factors the packed P x P matrix in place, A = L D L^T with unit L; the diagonal then holds 1 / D.
// False if a pivot is not above `least_pivot`, that is, A is not positive definite; then the
// contents are undefined. NaN counts as not positive.
template <int P>
ISOLOSS_HD bool factor_ldl(double (&matrix)[num_packed(P)], double least_pivot) {
  for (int i = 0; i < P; ++i) {
    double pivot = matrix[packed(i, i)];
    for (int j = 0; j < i; ++j) {
      double sum = matrix[packed(i, j)];  // becomes L_ij D_j
      for (int k = 0; k < j; ++k) sum -= matrix[packed(i, k)] * matrix[packed(j, k)];
      matrix[packed(i, j)] = sum;
    }
    for (int j = 0; j < i; ++j) {
      const double scaled = matrix[packed(i, j)];
      matrix[packed(i, j)] = scaled * matrix[packed(j, j)];
      pivot -= scaled * matrix[packed(i, j)];
    }
    if (!(pivot > least_pivot)) return false;
    matrix[packed(i, i)] = 1 / pivot;
  }
  return true;
}

// Solves L D L^T x = b in place, given the factors.
template <int P>
ISOLOSS_HD void solve_ldl(const double (&factor)[num_packed(P)], double (&x)[P]) {
  for (int i = 0; i < P; ++i)
    for (int k = 0; k < i; ++k) x[i] -= factor[packed(i, k)] * x[k];
  for (int i = 0; i < P; ++i) x[i] *= factor[packed(i, i)];
  for (int i = P - 1; i >= 0; --i)
    for (int k = i + 1; k < P; ++k) x[i] -= factor[packed(k, i)] * x[k];
}

// Solves A x = b in place by elimination with row pivoting; A is num x num, row-major with rows of
// P entries, and is overwritten. False if a pivot is zero or NaN.
template <int P>
ISOLOSS_HD bool solve_general(double (&matrix)[P][P], double (&x)[P], int num) {
  for (int i = 0; i < num; ++i) {
    int pivot = i;
    for (int r = i + 1; r < num; ++r)
      if (std::fabs(matrix[r][i]) > std::fabs(matrix[pivot][i])) pivot = r;
    if (!(std::fabs(matrix[pivot][i]) > 0)) return false;
    for (int c = 0; c < num; ++c) {
      const double held = matrix[i][c];
      matrix[i][c] = matrix[pivot][c];
      matrix[pivot][c] = held;
    }
    const double held = x[i];
    x[i] = x[pivot];
    x[pivot] = held;
    for (int r = i + 1; r < num; ++r) {
      const double factor = matrix[r][i] / matrix[i][i];
      for (int c = i; c < num; ++c) matrix[r][c] -= factor * matrix[i][c];
      x[r] -= factor * x[i];
    }
  }
  for (int i = num - 1; i >= 0; --i) {
    for (int c = i + 1; c < num; ++c) x[i] -= matrix[i][c] * x[c];
    x[i] /= matrix[i][i];
  }
  return true;
}

}  // namespace isoloss
