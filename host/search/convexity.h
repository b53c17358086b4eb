// Whether a fit can have another optimum at all.

#pragma once

#include "host/search/problem.h"

namespace isoloss {

// True where the residuals are affine in what is searched, as a power law's logs are in its
// exponents and the log of its weight: every residual loss is convex, and one optimum is the only
// one. Looked at by values of the law about theta (search coordinates), within its box.
bool is_convex(const LawEntry& law, const Problem& problem, const Theta& theta);

}  // namespace isoloss
