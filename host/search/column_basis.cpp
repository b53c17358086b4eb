#include "host/search/column_basis.h"

#include <algorithm>
#include <cmath>

#include "host/base/stop.h"

namespace isoloss {

double dot(const Column& a, const Column& b) {
  throw_if_stopped();  // most of what works on whole columns comes by here
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

void add_multiple(Column& to, double factor, const Column& from) {
  for (std::size_t i = 0; i < to.size(); ++i) to[i] += factor * from[i];
}

void scale(Column& column, double factor) {
  for (double& x : column) x *= factor;
}

std::vector<Column> orthonormal_basis(std::vector<Column> columns, double tolerance) {
  std::vector<Column> basis;
  while (basis.size() < columns.size()) {
    std::vector<double> squares;
    for (const Column& column : columns) squares.push_back(dot(column, column));
    const auto largest = std::max_element(squares.begin(), squares.end()) - squares.begin();
    Column next = columns[static_cast<std::size_t>(largest)];
    for (const Column& known : basis) add_multiple(next, -dot(next, known), known);
    const double norm = std::sqrt(dot(next, next));
    if (!(norm > tolerance)) break;
    scale(next, 1 / norm);
    for (int pass = 0; pass < 2; ++pass)
      for (Column& column : columns) add_multiple(column, -dot(column, next), next);
    basis.push_back(std::move(next));
  }
  return basis;
}

}  // namespace isoloss
