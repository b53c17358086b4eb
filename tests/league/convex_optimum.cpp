#include "tests/league/convex_optimum.h"

#include <cmath>
#include <cstddef>

namespace isoloss::league {
namespace {

using Vector = std::vector<double>;
using Matrix = std::vector<Vector>;

double dot(const Vector& a, const Vector& b) {
  double sum = 0;
  for (std::size_t k = 0; k < a.size(); ++k) sum += a[k] * b[k];
  return sum;
}

// Columns of unit length at right angles that span the same space (modified Gram-Schmidt, twice).
Matrix orthonormal(Matrix rows) {
  const std::size_t P = rows[0].size();
  const auto project = [&](std::size_t k, std::size_t l) {
    double sum = 0;
    for (const Vector& row : rows) sum += row[k] * row[l];
    return sum;
  };
  for (std::size_t k = 0; k < P; ++k) {
    for (std::size_t l = 0; l < 2 * k; ++l) {
      const double along = project(k, l % k);
      for (Vector& row : rows) row[k] -= along * row[l % k];
    }
    const double length = std::sqrt(project(k, k));
    for (Vector& row : rows) row[k] /= length;
  }
  return rows;
}

struct Objective {
  const Matrix& rows;
  const Vector& target;
  const ResidualLoss& rho;

  // Value at t, and a subgradient.
  double at(const Vector& t, Vector& gradient) const {
    gradient.assign(t.size(), 0);
    double sum = 0;
    const double delta = rho.huber_delta;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const double r = dot(rows[i], t) - target[i];
      const double size = std::fabs(r);
      const bool is_linear =
          rho.kind == ResidualKind::absolute || (rho.kind == ResidualKind::huber && size > delta);
      const double most = rho.kind == ResidualKind::absolute ? 1 : delta;
      const double slope = is_linear ? std::copysign(most, r) : r;
      sum += rho.kind == ResidualKind::absolute ? size
             : is_linear                        ? delta * (size - 0.5 * delta)
                                                : 0.5 * r * r;
      for (std::size_t k = 0; k < t.size(); ++k) gradient[k] += slope * rows[i][k];
    }
    return sum;
  }
};

// Of smallest squares: the projection, since the rows are orthonormal.
Vector projection(const Matrix& rows, const Vector& target) {
  Vector t(rows[0].size(), 0);
  for (std::size_t i = 0; i < rows.size(); ++i)
    for (std::size_t k = 0; k < t.size(); ++k) t[k] += rows[i][k] * target[i];
  return t;
}

}  // namespace

double convex_optimum(const Matrix& columns, const Vector& target, const ResidualLoss& rho) {
  const Matrix rows = orthonormal(columns);
  const Objective objective{rows, target, rho};
  const std::size_t P = rows[0].size();
  const auto dimension = static_cast<double>(P);
  Vector centre = projection(rows, target);
  Vector gradient;
  double best = objective.at(centre, gradient);
  // The optimum lies no further from the projection than twice the length of all residuals there.
  double squares = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const double r = dot(rows[i], centre) - target[i];
    squares += r * r;
  }
  // The ellipsoid is centre + axes u for all u of length 1 or less: a factor of its matrix, which
  // rounding cannot make indefinite.
  const double radius = 2 * std::sqrt(static_cast<double>(rows.size()) * squares) + 1e-300;
  Matrix axes(P, Vector(P, 0));
  for (std::size_t k = 0; k < P; ++k) axes[k][k] = radius;
  const double stretch = dimension / std::sqrt(dimension * dimension - 1);
  const double cut = 1 - std::sqrt((dimension - 1) / (dimension + 1));
  for (int round = 0; round < 20'000; ++round) {
    Vector inward(P, 0);
    for (std::size_t k = 0; k < P; ++k)
      for (std::size_t l = 0; l < P; ++l) inward[l] += axes[k][l] * gradient[k];
    const double width = std::sqrt(dot(inward, inward));
    // Inside the ellipsoid nothing is lower by more than the gradient's reach over it.
    if (!(width > 1e-13 * best)) break;
    for (double& entry : inward) entry /= width;
    for (std::size_t k = 0; k < P; ++k) {
      const double along = dot(axes[k], inward);
      centre[k] -= along / (dimension + 1);
      for (std::size_t l = 0; l < P; ++l)
        axes[k][l] = stretch * (axes[k][l] - cut * along * inward[l]);
    }
    best = std::fmin(best, objective.at(centre, gradient));
  }
  return best;
}

}  // namespace isoloss::league
