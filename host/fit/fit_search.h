// The search for the fit itself: from starts to the best of their ends, until it is done.

#pragma once

#include <vector>

#include "fits/search.h"
#include "host/fit/result.h"
#include "host/search/search_end.h"

namespace isoloss {

// Searches as options.starts says and fills `report`. A law of terms is screened; a broken power is
// searched by its structure; any other law by rounds of the best of a sample, until the best basin
// was met often enough or options.effort is used up. Starts that the user gives come on top.
//
//   near     optima of nearly the same runs, search coordinates, or none: a sampled law is then
//            searched from them and fewer starts, by the same rule of when it is done
//   returns  the ends, least objective first; search coordinates
SearchEnds search_fit(const LawEntry& law, const Problem& problem, const FitOptions& options,
                      SearchEngine& engine, SearchReport& report,
                      const std::vector<Theta>& near = {});

// Polishes the best of each of the leading basins: the search compares them a little before their
// ends.
PolishedFit polished_best(const LawEntry& law, const Problem& problem, const FitOptions& options,
                          const SearchEnds& ends);

// Searches on from points that something else came by. If one ends lower, `fit` is then that.
//
//   thetas   search coordinates; only the few of least objective are searched from
//   returns  how many ended in the new optimum; 0: none was lower
int search_on(const LawEntry& law, const Problem& problem, const FitOptions& options,
              const std::vector<Theta>& thetas, PolishedFit& fit);

}  // namespace isoloss
