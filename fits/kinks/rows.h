// A law linearised at a point: what the finish of a fit works on.

#pragma once

#include <cmath>
#include <cstddef>

#include "fits/dual.h"
#include "fits/lanes.h"
#include "fits/law.h"

namespace isoloss {

// Arrays of the caller. Rows beyond the runs have weight 0.
struct KinkRows {
  const double* residual;  // num_padded
  const double* gradient;  // of the residuals: num_params x num_padded
  const double* weight;    // num_padded, >= 0
  int num_padded;          // a multiple of kNumLanes
  int num_params;

  const double* gradient_of(int k) const { return gradient + std::ptrdiff_t{k} * num_padded; }
};

// Sum of term(i) over rows, in eight lanes and the tree of fits/lanes.h.
template <class Term>
inline double sum_over_rows(int num_padded, Term&& term) {
  double lane[kNumLanes] = {};
  for (int i = 0; i < num_padded; i += kNumLanes)
    for (int l = 0; l < kNumLanes; ++l) lane[l] += term(i + l);
  return ((lane[0] + lane[4]) + (lane[2] + lane[6])) + ((lane[1] + lane[5]) + (lane[3] + lane[7]));
}

// Huber's psi without the care for NaN that fits/residual_loss.h takes, so that loops vectorise.
inline double clamped(double r, double delta) {
  const double above = r < -delta ? -delta : r;
  return above > delta ? delta : above;
}

// Huber's loss as fits/residual_loss.h has it.
struct KinkZone {
  double delta;     // quadratic for |r| <= delta
  double over = 1;  // what psi counts where r > 0

  bool holds(double r) const { return std::fabs(r) <= delta; }
  double factor(double r) const { return r > 0 ? over : 1; }
  double slope(double r) const { return factor(r) * clamped(r, delta); }
};

// Sum of weight rho(residual), in units of Huber's rho.
inline double huber_sum(const KinkRows& rows, const double* residual, const KinkZone& zone) {
  return sum_over_rows(rows.num_padded, [&](int i) {
    const double psi = clamped(residual[i], zone.delta);
    return rows.weight[i] * zone.factor(residual[i]) * (psi * (residual[i] - 0.5 * psi));
  });
}

inline double absolute_sum(const KinkRows& rows, const double* residual) {
  return sum_over_rows(rows.num_padded,
                       [&](int i) { return rows.weight[i] * std::fabs(residual[i]); });
}

// out = residual + gradient step
inline void move_rows(const KinkRows& rows, const double* step, double* out) {
  for (int i = 0; i < rows.num_padded; ++i) out[i] = rows.residual[i];
  for (int k = 0; k < rows.num_params; ++k) {
    if (step[k] == 0) continue;
    const double* own = rows.gradient_of(k);
    for (int i = 0; i < rows.num_padded; ++i) out[i] += own[i] * step[k];
  }
}

// out = gradient step
inline void rates_of_rows(const KinkRows& rows, const double* step, double* out) {
  for (int i = 0; i < rows.num_padded; ++i) out[i] = 0;
  for (int k = 0; k < rows.num_params; ++k) {
    if (step[k] == 0) continue;
    const double* own = rows.gradient_of(k);
    for (int i = 0; i < rows.num_padded; ++i) out[i] += own[i] * step[k];
  }
}

// matrix += sum of factor(i) J_i J_i' over the rows whose factor is not zero, packed.
template <class Factor>
inline void add_outer_products(const KinkRows& rows, Factor&& factor, double* matrix) {
  for (int i = 0; i < rows.num_padded; ++i) {
    const double own = factor(i);
    if (own == 0) continue;
    for (int k = 0; k < rows.num_params; ++k) {
      const double scaled = own * rows.gradient_of(k)[i];
      for (int l = 0; l <= k; ++l) matrix[packed(k, l)] += scaled * rows.gradient_of(l)[i];
    }
  }
}

// d' matrix d of a packed matrix.
inline double quadratic_form(const double* matrix, const double* d, int num) {
  double sum = 0;
  for (int k = 0; k < num; ++k) {
    double half = 0.5 * matrix[packed(k, k)] * d[k];
    for (int l = 0; l < k; ++l) half += matrix[packed(k, l)] * d[l];
    sum += 2 * half * d[k];
  }
  return sum;
}

}  // namespace isoloss
