// Least squares with a few columns, by Householder reflections: keeps the digits that normal
// equations lose (Golub & Van Loan 2013, "Matrix computations", section 5.3).

#pragma once

#include <optional>
#include <vector>

#include "host/search/column_basis.h"

namespace isoloss {

class ColumnQr {
 public:
  // Columns of equal length, at least as many rows as columns; they are scaled to unit norm first.
  //   returns  nothing if one depends on those before it, or is not finite
  //   cost     2 x rows x columns^2
  static std::optional<ColumnQr> of(std::vector<Column> columns);

  // Weights of the columns that come closest to `target`.
  Column solve(Column target) const;

  // The x for which A^T A x = right, A the columns as they were given.
  Column solve_normal(Column right) const;

  // Entry k of the diagonal of (A^T A)^-1, A the columns as they were given.
  double inverse_diagonal(std::size_t k) const;

 private:
  ColumnQr() = default;
  Column solve_upper(Column target) const;
  double r(std::size_t row, std::size_t column) const { return r_[column][row]; }

  std::vector<Column> vectors_;  // of the reflections; entries before the k-th are not used
  Column lengths_;               // half their squared lengths
  std::vector<Column> r_;        // by columns
  Column norms_;                 // of the columns as they were given
};

}  // namespace isoloss
