// The search of a law that neither a screen nor its structure serves: rounds of the best of a
// sample.

#pragma once

#include <vector>

#include "host/fit/result.h"
#include "host/search/search_end.h"

namespace isoloss {

inline constexpr int kGivenStarts = 16;
// So many ends in the best basin, of starts of a low-discrepancy sample, and in some 1 of 1,000
// problems of the easier laws another one is better.
inline constexpr int kEnoughHits = 4;
// Laws of more free parameters have basins that are hard to find.
inline constexpr int kManyParams = 8;

// Each round looks at points of its own and minimises from the best of them, until the best basin
// was met often enough or options.effort is used up; starts that the user gives come on top. Says
// in `report` how, and whether the effort ended it.
//
//   returns  the ends, least objective first; search coordinates
SearchEnds search_sampled(const LawEntry& law, const Problem& problem, const FitOptions& options,
                          SearchReport& report);

// The same where optima of nearly the same runs are known: they are starts, and rounds are half as
// large or less, for most of their starts lead near one. As often must starts meet the best basin;
// where they do not, report.limit_reached.
//
//   near  search coordinates, at least one
SearchEnds search_near(const LawEntry& law, const Problem& problem, const FitOptions& options,
                       const std::vector<Theta>& near, SearchReport& report);

// The law as if the user had given no start.
LawEntry without_starts(LawEntry law);

}  // namespace isoloss
