// Solves with the free part of a small symmetric matrix, scaled to unit diagonal.

#pragma once

#include <cmath>

#include "fits/dual.h"
#include "fits/law.h"

namespace isoloss {

class ScaledLdl {
 public:
  // Factors the rows and columns of the packed `matrix` (num x num) that are free. False if its
  // diagonal is not positive or a pivot does not exceed least_pivot.
  bool factor(const double* matrix, const bool* is_free, int num, double least_pivot) {
    num_ = 0;
    for (int k = 0; k < num; ++k) {
      if (!is_free[k]) continue;
      const double diagonal = matrix[packed(k, k)];
      if (!(diagonal > 0)) return false;
      place_[num_] = k;
      scale_[num_++] = 1 / std::sqrt(diagonal);
    }
    for (int i = 0; i < num_; ++i)
      for (int j = 0; j <= i; ++j)
        factor_[packed(i, j)] = matrix[packed_any(place_[i], place_[j])] * scale_[i] * scale_[j];
    return eliminate(least_pivot);
  }

  // x = matrix^-1 b over the free entries; the others of x are 0. num entries each.
  void solve(const double* b, double* x, int num) const {
    double y[kMaxParams];
    for (int i = 0; i < num_; ++i) {
      y[i] = b[place_[i]] * scale_[i];
      for (int j = 0; j < i; ++j) y[i] -= factor_[packed(i, j)] * y[j];
    }
    for (int i = 0; i < num_; ++i) y[i] *= factor_[packed(i, i)];
    for (int i = num_ - 1; i >= 0; --i)
      for (int j = i + 1; j < num_; ++j) y[i] -= factor_[packed(j, i)] * y[j];
    for (int k = 0; k < num; ++k) x[k] = 0;
    for (int i = 0; i < num_; ++i) x[place_[i]] = y[i] * scale_[i];
  }

 private:
  // In place; the diagonal then holds 1 / D.
  bool eliminate(double least_pivot) {
    for (int i = 0; i < num_; ++i) {
      double pivot = factor_[packed(i, i)];
      for (int j = 0; j < i; ++j) {
        double sum = factor_[packed(i, j)];
        for (int k = 0; k < j; ++k) sum -= factor_[packed(i, k)] * factor_[packed(j, k)];
        factor_[packed(i, j)] = sum;
      }
      for (int j = 0; j < i; ++j) {
        const double scaled = factor_[packed(i, j)];
        factor_[packed(i, j)] = scaled * factor_[packed(j, j)];
        pivot -= scaled * factor_[packed(i, j)];
      }
      if (!(pivot > least_pivot)) return false;
      factor_[packed(i, i)] = 1 / pivot;
    }
    return true;
  }

  double factor_[num_packed(kMaxParams)];
  double scale_[kMaxParams];
  int place_[kMaxParams];
  int num_ = 0;
};

}  // namespace isoloss
