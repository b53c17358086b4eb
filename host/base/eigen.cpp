#include "host/base/eigen.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace isoloss {
namespace {

constexpr int kMostSweeps = 60;

// Turns two columns or rows of a matrix, `num` numbers each, `stride` apart.
void turn(double* p, double* q, std::size_t num, std::size_t stride, double c, double s) {
  for (std::size_t k = 0; k < num * stride; k += stride) {
    const double own = p[k];
    const double other = q[k];
    p[k] = c * own - s * other;
    q[k] = s * own + c * other;
  }
}

}  // namespace

Eigen eigen(std::vector<double> m, std::size_t num) {
  std::vector<double> turned(num * num);  // eigenvectors, by columns
  for (std::size_t k = 0; k < num; ++k) turned[k * num + k] = 1;
  for (int sweep = 0; sweep < kMostSweeps; ++sweep) {
    double off = 0;
    for (std::size_t p = 0; p < num; ++p) {
      for (std::size_t q = p + 1; q < num; ++q) {
        const double pq = m[p * num + q];
        off += std::fabs(pq);
        if (pq == 0) continue;
        const double angle = (m[q * num + q] - m[p * num + p]) / (2 * pq);
        const double t =
            std::copysign(1 / (std::fabs(angle) + std::sqrt(1 + angle * angle)), angle);
        const double c = 1 / std::sqrt(1 + t * t);
        turn(&m[p], &m[q], num, num, c, t * c);
        turn(&m[p * num], &m[q * num], num, 1, c, t * c);
        turn(&turned[p], &turned[q], num, num, c, t * c);
      }
    }
    if (off < 1e-300) break;
  }
  std::vector<std::size_t> order(num);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return m[a * num + a] < m[b * num + b]; });
  Eigen out;
  for (const std::size_t k : order) {
    out.values.push_back(m[k * num + k]);
    out.vectors.emplace_back();
    for (std::size_t row = 0; row < num; ++row) out.vectors.back().push_back(turned[row * num + k]);
  }
  return out;
}

}  // namespace isoloss
