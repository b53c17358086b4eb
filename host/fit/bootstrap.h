// The bootstrap of a fit: every resample fitted to its own global optimum, every fit proved.

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "host/base/checksum.h"
#include "host/fit/draws.h"
#include "host/fit/refitter.h"

namespace isoloss {

// Of all of a law that its fits depend on.
void add_law(const LawEntry& law, Checksum& sum);

// A pilot, the first resamples, is fitted first: it tells how the others are. What a resample's fit
// is depends on the pilot and on its number alone, so any range may be fitted anywhere.
class Bootstrap {
 public:
  // Fits the pilot.
  //
  //   starts  for laws without an exponent screen: the fit, and other points to search the first
  //   few
  //           resamples from; num x num_params, search coordinates
  //   fit     of the runs themselves: where a refit that is not proved is finished from
  Bootstrap(const LawEntry& law, const Problem& problem, const Units& units, SearchEngine& engine,
            std::vector<double> starts, const FitOptions& options,
            std::optional<PolishedFit> fit = {});

  // Those of the pilot.
  const Draws& pilot() const { return pilot_; }
  // Gives those of a range, in their order. Calls options.progress.
  //
  //   cost  see fit(); memory of a batch of the engine
  void give(const ItemRange& range, const TakeFits& take);
  // All of a range at once, where they are few enough to be held: 180 bytes each.
  std::vector<PolishedFit> fits(const ItemRange& range);
  // Of all that a resample's fit depends on, and of the pilot: to the bit.
  std::string checksum() const;

 private:
  Draws screened_pilot(int num);

  const LawEntry& law_;
  const Problem& problem_;
  const Units& units_;
  SearchEngine& engine_;
  const std::vector<double> starts_;
  const FitOptions& options_;
  const std::optional<PolishedFit> fit_;
  Refitter refitter_;
  Draws pilot_;
};

}  // namespace isoloss
