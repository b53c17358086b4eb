// Lists of starting points.

#pragma once

#include <cstdint>
#include <vector>

#include "host/law_entry.h"

namespace isoloss {

// Points of the law's published grid.
int num_grid_starts(const LawEntry& law);

// Every point of the law's published grid, num x num_params in search coordinates: 4,500 for
// Hoffmann et al. 2022, arXiv:2203.15556, section 3.3.
std::vector<double> grid_starts(const LawEntry& law, const Centre& centre);

// `num` random points, num x num_params in search coordinates: uniform over the box of the law's
// grid, but the weight of a term so that the term is e^-3 to e nats per token at the mean run. The
// same seed gives the same points.
std::vector<double> random_starts(const LawEntry& law, const Centre& centre, int num,
                                  std::uint64_t seed);

}  // namespace isoloss
