#include "host/search/column_qr.h"

#include <cmath>

#include "host/base/stop.h"

namespace isoloss {
namespace {

// A unit column whose part outside the columns before it is shorter depends on them.
constexpr double kDependent = 1e-14;

double dot_from(const Column& a, const Column& b, std::size_t first) {
  throw_if_stopped();
  double sum = 0;
  for (std::size_t i = first; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

void reflect(Column& column, const Column& vector, double length, std::size_t first) {
  const double factor = dot_from(vector, column, first) / length;
  for (std::size_t i = first; i < column.size(); ++i) column[i] -= factor * vector[i];
}

}  // namespace

std::optional<ColumnQr> ColumnQr::of(std::vector<Column> columns) {
  ColumnQr out;
  for (Column& column : columns) {
    const double norm = std::sqrt(dot(column, column));
    if (!(norm > 0) || !std::isfinite(norm)) return {};
    for (double& x : column) x /= norm;
    out.norms_.push_back(norm);
  }
  for (std::size_t k = 0; k < columns.size(); ++k) {
    for (std::size_t j = 0; j < k; ++j) reflect(columns[k], out.vectors_[j], out.lengths_[j], j);
    const double norm = std::sqrt(dot_from(columns[k], columns[k], k));
    if (!(norm > kDependent)) return {};
    const double head = columns[k][k] > 0 ? -norm : norm;
    Column triangle(columns[k].begin(), columns[k].begin() + static_cast<std::ptrdiff_t>(k));
    triangle.push_back(head);
    out.r_.push_back(std::move(triangle));
    columns[k][k] -= head;
    out.lengths_.push_back(head * -columns[k][k]);
    out.vectors_.push_back(std::move(columns[k]));
  }
  return out;
}

Column ColumnQr::solve(Column target) const {
  for (std::size_t k = 0; k < vectors_.size(); ++k) reflect(target, vectors_[k], lengths_[k], k);
  return solve_upper(std::move(target));
}

// R x = target, then x for the columns as they were given.
Column ColumnQr::solve_upper(Column target) const {
  const std::size_t num = vectors_.size();
  Column x(num);
  for (std::size_t k = num; k-- > 0;) {
    double sum = target[k];
    for (std::size_t j = k + 1; j < num; ++j) sum -= r(k, j) * x[j];
    x[k] = sum / r(k, k);
  }
  for (std::size_t k = 0; k < num; ++k) x[k] /= norms_[k];
  return x;
}

// R^T R is that of columns of unit norm.
Column ColumnQr::solve_normal(Column right) const {
  const std::size_t num = vectors_.size();
  for (std::size_t k = 0; k < num; ++k) {
    double sum = right[k] / norms_[k];
    for (std::size_t j = 0; j < k; ++j) sum -= r(j, k) * right[j];
    right[k] = sum / r(k, k);
  }
  return solve_upper(std::move(right));
}

// (R^T R)^-1 has the squared norm of R^-T e_k there.
double ColumnQr::inverse_diagonal(std::size_t k) const {
  Column x(vectors_.size());
  double square = 0;
  for (std::size_t i = k; i < x.size(); ++i) {
    double sum = i == k ? 1 : 0;
    for (std::size_t j = k; j < i; ++j) sum -= r(j, i) * x[j];
    x[i] = sum / r(i, i);
    square += x[i] * x[i];
  }
  return square / (norms_[k] * norms_[k]);
}

}  // namespace isoloss
