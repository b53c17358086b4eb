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

namespace {

// Columns side by side. Each sum runs over the entries in order, as dot() does, but those of all
// columns run together, so that none waits for its own last addition.
class ColumnBlock {
 public:
  explicit ColumnBlock(const std::vector<Column>& columns)
      : num_(columns.size()), entries_(columns.front().size() * num_), sums_(num_) {
    for (std::size_t c = 0; c < num_; ++c)
      for (std::size_t i = 0; i < columns[c].size(); ++i) entries_[i * num_ + c] = columns[c][i];
  }

  Column column(std::size_t c) const {
    Column out;
    for (std::size_t at = c; at < entries_.size(); at += num_) out.push_back(entries_[at]);
    return out;
  }

  // The column with the largest sum of squares.
  std::size_t largest() {
    sum([](double x, std::size_t) { return x * x; });
    return static_cast<std::size_t>(std::max_element(sums_.begin(), sums_.end()) - sums_.begin());
  }

  void take_out(const Column& unit) {
    sum([&](double x, std::size_t i) { return x * unit[i]; });
    for (std::size_t i = 0; i < unit.size(); ++i) {
      double* const row = &entries_[i * num_];
      for (std::size_t c = 0; c < num_; ++c) row[c] += -sums_[c] * unit[i];
    }
  }

 private:
  template <class Of>
  void sum(const Of& of) {
    throw_if_stopped();
    std::fill(sums_.begin(), sums_.end(), 0.0);
    double* const sums = sums_.data();
    for (std::size_t i = 0; i * num_ < entries_.size(); ++i) {
      const double* const row = &entries_[i * num_];
      for (std::size_t c = 0; c < num_; ++c) sums[c] += of(row[c], i);
    }
  }

  std::size_t num_;
  std::vector<double> entries_;  // entry by entry
  std::vector<double> sums_;     // by column
};

}  // namespace

std::vector<Column> orthonormal_basis(const std::vector<Column>& columns, double tolerance) {
  std::vector<Column> basis;
  if (columns.empty()) return basis;
  ColumnBlock rest(columns);
  while (basis.size() < columns.size()) {
    Column next = rest.column(rest.largest());
    for (const Column& known : basis) add_multiple(next, -dot(next, known), known);
    const double norm = std::sqrt(dot(next, next));
    if (!(norm > tolerance)) break;
    scale(next, 1 / norm);
    for (int pass = 0; pass < 2; ++pass) rest.take_out(next);
    basis.push_back(std::move(next));
  }
  return basis;
}

}  // namespace isoloss
