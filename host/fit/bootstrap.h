// The bootstrap of a fit: every resample fitted to its own global optimum, every fit proved.

#pragma once

#include <vector>

#include "fits/search.h"
#include "host/fit/result.h"
#include "host/search/problem.h"

namespace isoloss {

// Draws of a bootstrap, in the order of the resamples.
struct Draws {
  std::vector<PolishedFit> fits;  // theta in search coordinates
  int num_basins = 0;             // starts minimised in each resample
  // Share of the first resamples in which these starts end above what a longer search found.
  double missed = 0;
};

// The units that are drawn with replacement: rows, or runs where rows share one.
struct Units {
  std::vector<std::uint32_t> of_row;
  int num_units = 0;
  bool by_run = false;
};

Units units_of(const RunTable& runs, bool group_by_run);

// Fits options.num_resamples resamples of the problem.
//
//   starts  for laws without an exponent screen: the fit, and other points to search the first few
//           resamples from; num x num_params, search coordinates
//   fit     of the runs themselves: where a refit that is not proved is finished from
//   cost    see fit()
Draws bootstrap(const LawEntry& law, const Problem& problem, const Units& units,
                SearchEngine& engine, const std::vector<double>& starts, const FitOptions& options,
                const PolishedFit* fit = nullptr);

}  // namespace isoloss
