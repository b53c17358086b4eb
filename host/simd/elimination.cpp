#include "host/simd/elimination.h"

#include <algorithm>
#include <cstddef>

namespace isoloss {

void eliminate(const Elimination& of, int num_params, int num_padded, KinkPoint& point) {
  double first[kMaxParams] = {};
  double second[num_packed(kMaxParams)] = {};
  of.differentiate(point.theta, first, second);
  const int own = of.param();
  const auto row_of = [&](int k) { return point.gradient + std::ptrdiff_t{k} * num_padded; };
  const double own_slope = point.slope[own];
  const double own_curvature = point.curvature[packed(own, own)];
  double mixed[kMaxParams];
  for (int k = 0; k < num_params; ++k) mixed[k] = point.curvature[packed_any(k, own)];
  for (int k = 0; k < num_params; ++k) {
    if (k == own) continue;
    double* row = row_of(k);
    for (int i = 0; i < num_padded; ++i) row[i] += first[k] * row_of(own)[i];
    point.slope[k] += first[k] * own_slope;
    for (int l = 0; l <= k; ++l)
      if (l != own)
        point.curvature[packed(k, l)] += mixed[k] * first[l] + mixed[l] * first[k] +
                                         own_curvature * first[k] * first[l] +
                                         own_slope * second[packed(k, l)];
  }
  std::fill_n(row_of(own), num_padded, 0.0);
  point.slope[own] = 0;
  for (int k = 0; k < num_params; ++k) point.curvature[packed_any(k, own)] = 0;
}

}  // namespace isoloss
