// Newton's method on the parameters in which a law is not linear, the others solved for at every
// point.
//
// At a point whose linear parameters are optimal, eliminating them from the whole Newton step gives
// the exact Newton step of what is left (Golub & Pereyra 1973; Ruhe & Wedin 1980, "Algorithms for
// separable nonlinear least squares problems"). A curved valley that costs the whole problem
// thousands of short steps takes a dozen of these.

#pragma once

#include "host/search/problem.h"

namespace isoloss {

// Whether a law's least squares can be searched so: it is compared with the response itself and
// linear in some free parameters but not in all.
bool can_project(const LawEntry& law, const ResidualLoss& rho);

// From one start (num_params entries, search coordinates) to where squared residuals end.
//   cost  two passes over the runs a step, 10 to 100 steps
SearchResult projected_search(const LawEntry& law, const Problem& problem, const double* start);

}  // namespace isoloss
