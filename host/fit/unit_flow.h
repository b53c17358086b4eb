// How the parameters of a formula move when the unit of a column does, found by trying.
//
// A built-in law says it (fits/law.h: shifts). For a formula the directions v(theta) are looked for
// in which d f / d log x + sum_k v_k d f / d theta_k is zero for runs of any size: A / N^alpha has
// v = alpha in log A. With M = d v / d theta, exp(c M) turns the derivatives by theta into those by
// what theta is in units of e^c. Source: Olver 1986, "Applications of Lie groups to differential
// equations", section 2.2.

#pragma once

#include <vector>

#include "host/search/column_basis.h"
#include "host/search/problem.h"

namespace isoloss {

// Columns of d f / d theta, one each of `params`, at `theta` in units of the runs' own sizes. They
// stay as they are where no such directions are found.
//   theta    search coordinates
//   columns  num_runs each
void to_own_units(const LawEntry& law, const Problem& problem, const Theta& theta,
                  const std::vector<std::size_t>& params, std::vector<Column>& columns);

}  // namespace isoloss
