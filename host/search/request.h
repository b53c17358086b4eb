// The request of a search for a law's fit.

#pragma once

#include "fits/search.h"
#include "host/laws/law_entry.h"
#include "host/search/problem.h"

namespace isoloss {

// One problem, the runs as they are; the caller adds resamples and starts. Law and problem must
// outlive it.
SearchRequest search_request(const LawEntry& law, const Problem& problem, const ResidualLoss& rho);

}  // namespace isoloss
