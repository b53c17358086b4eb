// The wild bootstrap of the sandwich's t: for runs so few that Student's quantiles are too narrow.
//
// Each draw gives the residuals of a unit, a run or a row, one random factor of mean 0 and variance
// 1, of the six of Webb 2014 (Queen's Economics Department working paper 1315), and makes the
// estimate, its standard error and the ratio of the two anew. The interval has the quantiles of
// that ratio in place of Student's. The unrestricted one of Cameron, Gelbach & Miller 2008 (Review
// of Economics and Statistics 90:414), by the law's linear form at the fit as Kline & Santos 2012
// (Journal of Econometric Methods 1:23), so that it costs no refits.

#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "host/base/estimate.h"
#include "host/fit/unit_influence.h"

namespace isoloss {

class WildBootstrap {
 public:
  static constexpr std::size_t kFewestUnits = 5;
  static constexpr int kFewestFreedom = 3;  // of Student's t
  static constexpr int kMostDraws = 9999;

  // Whether there are as many units as it takes, and a standard error.
  static bool serves(const UnitInfluence& influence);

  // influence: one that it serves; must outlive it.
  //
  //   cost  num_draws x units x params
  WildBootstrap(const UnitInfluence& influence, std::uint64_t seed, int num_draws);

  // That of a unit in a draw.
  static double factor(std::uint64_t seed, std::uint64_t draw, std::uint32_t unit);

  // Quantiles of the ratio for a quantity: it lies between them with probability `confidence`.
  // Nothing of fewer than 2 draws. The same cost.
  std::optional<Interval> quantiles(const QuantityInfluence& of, double confidence) const;

 private:
  double ratio(std::size_t draw, const QuantityInfluence& of,
               const std::vector<double>& undone) const;

  const UnitInfluence& influence_;
  std::size_t num_draws_;
  std::vector<std::uint8_t> places_;  // num_draws x units, in the table of factors
  std::vector<double> moves_;         // num_draws x params, from the estimate
};

}  // namespace isoloss
