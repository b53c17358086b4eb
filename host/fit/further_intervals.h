// Intervals beside the percentile ones that need more than the draws: bca, sandwich, jackknife,
// wild and profile of host/fit/interval_method.h, as far as they were asked for.

#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "host/fit/constrained_profile.h"
#include "host/fit/derived.h"
#include "host/fit/unit_influence.h"
#include "host/fit/unit_jackknife.h"
#include "host/fit/wild_bootstrap.h"

namespace isoloss {

class FurtherIntervals : public QuantityTaker {
 public:
  // Of a fit whose theta and status are known; arguments as for UnitJackknife::of. What is asked
  // for is in result.options.
  FurtherIntervals(const RunTable& runs, const Moved& moved, const PolishedFit& best,
                   const Problem& problem, const Units& units, const FitOptions& searched,
                   const FitResult& result);

  // Those of a quantity; of its log where it is compared by ratios.
  void add(const std::function<double(const Theta&)>& quantity, bool is_log,
           const std::vector<double>& draws, Estimate& estimate) const override;

  // Whether a profile came by something lower than the fit.
  bool met_lower() const { return profiles_ && profiles_->met_lower(); }

 private:
  void add_by_influence(const QuantityInfluence& own, bool is_log, const std::vector<double>& draws,
                        Estimate& estimate) const;

  double confidence_;
  std::unique_ptr<const UnitInfluence> influence_;
  std::unique_ptr<const WildBootstrap> wild_;
  std::optional<UnitJackknife> jackknife_;
  std::unique_ptr<const ConstrainedProfiles> profiles_;
};

}  // namespace isoloss
