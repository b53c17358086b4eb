// Lists of starting points.

#pragma once

#include <cstdint>
#include <vector>

#include "host/search/problem.h"

namespace isoloss {

// Points of the law's published grid; a parameter that is held adds none.
long long num_grid_starts(const LawEntry& law);

// Every point of the law's published grid, num x num_params in search coordinates: 4,500 for
// Hoffmann et al. 2022, arXiv:2203.15556, section 3.3.
std::vector<double> grid_starts(const LawEntry& law, const Centre& centre);

// `num` random points, num x num_params in search coordinates: uniform over the box of the law's
// grid, as it is for these runs, but the weight of a term so that the term is e^-4 to 1 times the
// loss at the mean run. The same seed gives the same points.
std::vector<double> random_starts(const LawEntry& law, const Problem& problem, int num,
                                  std::uint64_t seed);

}  // namespace isoloss
