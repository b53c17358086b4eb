// Columns over runs and an orthonormal basis of them.

#pragma once

#include <vector>

namespace isoloss {

using Column = std::vector<double>;

// Sums run over the entries in order: the same bits on every processor.
double dot(const Column& a, const Column& b);
void add_multiple(Column& to, double factor, const Column& from);
void scale(Column& column, double factor);

// Orthonormal columns that span `columns` but for a rest of norm `tolerance` in each, by
// Gram-Schmidt with pivoting, each projection done twice (Golub & Van Loan 2013, section 5.2).
// Cost: rank x columns x entries.
std::vector<Column> orthonormal_basis(const std::vector<Column>& columns, double tolerance);

}  // namespace isoloss
