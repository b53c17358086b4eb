#include "host/answers/optimum/flat_ranges.h"

#include <cmath>

#include "fits/math.h"

namespace isoloss {
namespace {

// Log of the ends in N, one a row.
struct Ends {
  std::vector<double> least, most;
};

// A limit ends a range that goes beyond it; a limit of tokens is one of the fewest parameters.
Ends within_limits(const Asker& ask, const std::vector<Plan>& best, const Limits& limits,
                   const std::vector<Plan>& smallest, const std::vector<Plan>& largest) {
  const double most_log_N = isoloss::log(limits.max_params);
  const Cost cost = ask.training();
  const double log_a_param = isoloss::log(cost(1, limits.max_tokens));
  Ends out;
  for (std::size_t i = 0; i < best.size(); ++i) {
    double least = smallest[i].log_N, most = largest[i].log_N;
    if (std::isfinite(log_a_param))
      least = std::fmax(least, (best[i].log_cost - log_a_param) / cost.N_power);
    if (std::isfinite(most_log_N) && !std::isnan(best[i].log_N)) most = std::fmin(most, most_log_N);
    out.least.push_back(least);
    out.most.push_back(most);
  }
  return out;
}

FlatRange range_of(const Asker& ask, const std::vector<Plan>& best, double share,
                   const Ends& ends) {
  const Cost cost = ask.training();
  const double log_one = isoloss::log(cost.train);  // parameter and token
  const auto N = [&](const std::vector<double>& log_N) {
    return ask.estimate([&](std::size_t i) { return isoloss::exp(log_N[i]); });
  };
  const auto D = [&](const std::vector<double>& log_N) {
    return ask.estimate([&](std::size_t i) {
      return isoloss::exp((best[i].log_cost - log_one - cost.N_power * log_N[i]) / cost.D_power);
    });
  };
  return {share, N(ends.least), N(ends.most), D(ends.most), D(ends.least)};
}

}  // namespace

std::vector<FlatRange> flat_ranges(const Asker& ask, const std::vector<Plan>& best,
                                   const PlanOptions& options) {
  std::vector<FlatRange> out;
  if (best[0].end == PlanEnd::none) return out;
  for (const double share : options.flat_shares) {
    std::vector<double> target;
    for (const Plan& plan : best) target.push_back(plan.log_L + isoloss::log(1 + share));
    const Ends ends =
        within_limits(ask, best, options.limits, ask.of_loss(Side::smallest, best, target),
                      ask.of_loss(Side::largest, best, target));
    out.push_back(range_of(ask, best, share, ends));
  }
  return out;
}

}  // namespace isoloss
