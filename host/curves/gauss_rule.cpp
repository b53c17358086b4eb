#include "host/curves/gauss_rule.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace isoloss {
namespace {

using Vector = std::vector<double>;

double dot(const Vector& a, const Vector& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

// A symmetric tridiagonal matrix; beside[i] couples i and i + 1, its last element is 0.
struct Tridiagonal {
  Vector diagonal, beside;
};

// Of multiplication by the points, on [-1, 1], in the basis that the measure makes orthonormal.
Tridiagonal jacobi_matrix(const Vector& at, Vector basis, std::size_t num_nodes) {
  Tridiagonal out;
  std::vector<Vector> done;
  const double scale = std::sqrt(dot(basis, basis));
  for (double& own : basis) own /= scale;
  while (true) {
    Vector next(at.size());
    for (std::size_t i = 0; i < at.size(); ++i) next[i] = at[i] * basis[i];
    out.diagonal.push_back(dot(next, basis));
    done.push_back(std::move(basis));
    for (int round = 0; round < 2; ++round) {
      for (const Vector& other : done) {
        const double share = dot(next, other);
        for (std::size_t i = 0; i < at.size(); ++i) next[i] -= share * other[i];
      }
    }
    const double size = std::sqrt(dot(next, next));
    const bool is_last = done.size() == num_nodes || size < 1e-13;
    out.beside.push_back(is_last ? 0 : size);
    if (is_last) return out;
    for (double& own : next) own /= size;
    basis = std::move(next);
  }
}

// Turns the diagonal into eigenvalues and `first`, the first unit vector, into the first components
// of their eigenvectors: QL steps with Wilkinson's shift.
void diagonalise(Tridiagonal& matrix, Vector& first) {
  Vector& d = matrix.diagonal;
  Vector& e = matrix.beside;
  constexpr double kRounding = std::numeric_limits<double>::epsilon();
  for (std::size_t low = 0; low < d.size(); ++low) {
    for (int step = 0; step < 60; ++step) {
      std::size_t high = low;
      while (high + 1 < d.size() &&
             std::fabs(e[high]) > kRounding * (std::fabs(d[high]) + std::fabs(d[high + 1])))
        ++high;
      if (high == low) break;
      const double half = (d[low + 1] - d[low]) / (2 * e[low]);
      const double root = std::copysign(std::sqrt(half * half + 1), half);
      double bulge = d[high] - d[low] + e[low] / (half + root);
      double sine = 1, cosine = 1, moved = 0;
      for (std::size_t i = high; i-- > low;) {
        const double f = sine * e[i];
        const double g = cosine * e[i];
        const double length = std::sqrt(f * f + bulge * bulge);
        e[i + 1] = length;
        sine = length > 0 ? f / length : 0;
        cosine = length > 0 ? bulge / length : 1;
        const double left = d[i + 1] - moved;
        const double turn = (d[i] - left) * sine + 2 * cosine * g;
        moved = sine * turn;
        d[i + 1] = left + moved;
        bulge = cosine * turn - g;
        const double kept = first[i + 1];
        first[i + 1] = sine * first[i] + cosine * kept;
        first[i] = cosine * first[i] - sine * kept;
      }
      d[low] -= moved;
      e[low] = bulge;
      e[high] = 0;
    }
  }
}

bool is_left_of(const WeightedPoint& a, const WeightedPoint& b) { return a.at < b.at; }

}  // namespace

std::vector<WeightedPoint> gauss_rule(std::span<const WeightedPoint> measure, int num_nodes) {
  std::vector<WeightedPoint> out(measure.begin(), measure.end());
  std::sort(out.begin(), out.end(), is_left_of);
  if (out.size() <= static_cast<std::size_t>(num_nodes)) return out;
  const double middle = 0.5 * (out.front().at + out.back().at);
  const double half = 0.5 * (out.back().at - out.front().at);
  double total = 0;
  for (const WeightedPoint& point : out) total += point.weight;
  if (!(half > 0)) return {{middle, total}};

  Vector at, basis;
  for (const WeightedPoint& point : out) {
    at.push_back((point.at - middle) / half);
    basis.push_back(std::sqrt(point.weight));
  }
  Tridiagonal matrix = jacobi_matrix(at, std::move(basis), static_cast<std::size_t>(num_nodes));
  Vector first(matrix.diagonal.size());
  first[0] = 1;
  diagonalise(matrix, first);
  out.clear();
  for (std::size_t i = 0; i < first.size(); ++i)
    out.push_back({middle + half * matrix.diagonal[i], total * first[i] * first[i]});
  std::sort(out.begin(), out.end(), is_left_of);
  return out;
}

}  // namespace isoloss
